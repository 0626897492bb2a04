import type { Task } from '../../../engine/train/contract';

/** What readers call the tasks. */
export const TASK_TITLES: Readonly<Record<Task, string>> = {
	shape: 'Which shape?',
	'same-different': 'Same, or different?',
	texture: 'Which texture?',
	position: 'Where is the mark?'
};
