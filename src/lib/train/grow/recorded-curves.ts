import { isRecord } from '../../base/json';
import type { Task } from '../../engine/train/contract';
import { fetched } from '../../figures/training/recorded';
import type { Curve } from './growth.svelte';
import { differsIn, USUAL, type Setup } from './setup';

/** Where the page reads what `npm run train -- --curves` writes. */
export const CURVES = 'recorded/growing.json';

/** How the usual pair grew, when it was recorded. */
export interface RecordedCurves {
	/** What makes the file anew. */
	readonly command: string;
	/** By task: the share of held-out pictures that each network named right, in [0, 1], at each test. */
	readonly tasks: Readonly<Partial<Record<Task, { readonly vit: Curve; readonly cnn: Curve }>>>;
}

/** @throws Error where the site's file cannot be had, or is none of ours */
export async function recordedCurves(): Promise<RecordedCurves> {
	return readCurves(await fetched(CURVES));
}

export function readCurves(file: unknown): RecordedCurves {
	if (!isRecord(file) || !isRecord(file['tasks'])) throw new Error('The recorded curves are none.');
	return { command: String(file['command']), tasks: file['tasks'] };
}

/** What was recorded of just this setup; null where nothing was. */
export function recordedOf({ tasks }: RecordedCurves, setup: Setup): { vit: Curve; cnn: Curve } | null {
	if (setup.task === 'own' || setup.pictures !== USUAL.pictures || differsIn({ ...setup }) !== differsIn(USUAL))
		return null;
	return tasks[setup.task] ?? null;
}
