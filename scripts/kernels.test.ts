import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernels, MODULES } from './kernels';

// The optimiser takes some seconds, and many more where the machine is busy.
const TIMEOUT_MS = 180_000;

it(
	'the committed kernels are what their sources compile to; if not, run `npm run kernels`',
	async () => {
		expect(await compileKernels()).toBe(await readFile(MODULES, 'utf8'));
	},
	TIMEOUT_MS
);
