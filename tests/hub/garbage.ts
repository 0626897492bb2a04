import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Has everything collected that nobody refers to any more; twice, for what the first round only let go. */
export async function collectGarbage(): Promise<void> {
	setFlagsFromString('--expose_gc');
	const gc: unknown = runInNewContext('gc');
	for (let i = 0; i < 3; i++) {
		if (typeof gc === 'function') gc();
		// Promises and finalisers that hold something get their turn.
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}
