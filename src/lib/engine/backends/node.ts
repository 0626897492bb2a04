import { PatchworkError } from '../../base/errors';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { registerWasmKernels } from '../ops/wasm/register';

/** The backends that Node has; for the command line and for tests. */
export async function useNodeBackend(name: 'wasm' | 'cpu'): Promise<void> {
	if (!(await tf.setBackend(name)))
		throw new PatchworkError('backend', `The backend ${name} does not start in this Node.`);
	await tf.ready();
	if (name === 'wasm') await registerWasmKernels();
}
