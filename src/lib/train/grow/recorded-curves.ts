import type { Growing, Grown } from '../../figures/training/growing';
import { differsIn, USUAL, type Setup } from './setup';

/** What was recorded of just this setup; null where nothing was. */
export function recordedOf({ tasks }: Growing, setup: Setup): Grown | null {
	if (setup.task === 'own' || setup.pictures !== USUAL.pictures || differsIn({ ...setup }) !== differsIn(USUAL))
		return null;
	return tasks[setup.task];
}
