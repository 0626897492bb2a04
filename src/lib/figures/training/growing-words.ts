import { percent } from '../../marks/numbers';
import type { State } from './figure';
import { chanceOf, rightAt, type Curve, type Growing } from './growing';

/** A line of the plot. */
export interface Line {
	readonly id: 'vit' | 'cnn' | 'changed';
	readonly label: string;
	readonly curve: Curve;
}

/** The networks that a change puts side by side. */
export function linesOf({ tasks, taught }: Growing, { task, change }: Pick<State, 'task' | 'change'>): Line[] {
	if (change === 'teacher')
		return [
			{ id: 'vit', label: 'ViT by itself', curve: taught.alone },
			{ id: 'changed', label: 'ViT, taught', curve: taught.taught },
			{ id: 'cnn', label: 'CNN, its teacher', curve: taught.cnn }
		];
	const { vit, cnn, placeless } = tasks[task];
	if (change === 'positions')
		return [
			{ id: 'vit', label: 'ViT', curve: vit },
			{ id: 'changed', label: 'ViT without positions', curve: placeless }
		];
	return [
		{ id: 'vit', label: 'ViT', curve: vit },
		{ id: 'cnn', label: 'CNN', curve: cnn }
	];
}

/** What the networks name right after a step, in a sentence. */
export function sentenceOf(grown: Growing, state: Pick<State, 'task' | 'change'>, step: number): string {
	const task = state.change === 'teacher' ? grown.taught.task : state.task;
	const chance = percent(chanceOf(task));
	const right = linesOf(grown, state).flatMap(({ label, curve }) => {
		const share = rightAt(curve, step);
		return share === null ? [] : [`${label} ${percent(share)}`];
	});
	if (right.length === 0) return `Before the first step nearly every number is drawn by lot. Guessing would name ${chance} right.`;
	return `After ${step} steps, of pictures that they have not learned from: ${right.join('; ')}. Guessing would name ${chance} right.`;
}
