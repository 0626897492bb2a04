import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import ts from 'typescript';
import { startSharedWasm } from '../../backends/shared-wasm';
import type { StartThread } from './pool';

/* The threads of the page in Node: the same code of theirs, in Node's workers, on tfjs's backend with shared memory. */

const { resolve } = createRequire(import.meta.url);
const binary = () => readFileSync(resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'));

/** What a thread runs, as one script. */
function threadCode(): string {
	const source = readFileSync(new URL('job.ts', import.meta.url), 'utf8');
	const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
	const { outputText } = ts.transpileModule(source, { compilerOptions });
	return `const job = {};
((exports) => { ${outputText} })(job);
const { parentPort } = require('node:worker_threads');
parentPort.once('message', (start) => job.beThread(start, () => parentPort.postMessage('ready')));`;
}

export const startNodeThread: StartThread = (start) =>
	new Promise((resolve, reject) => {
		const worker = new Worker(threadCode(), { eval: true });
		worker.once('error', reject);
		worker.once('message', () => resolve({ end: () => void worker.terminate() }));
		worker.postMessage(start);
	});

/** Puts a wasm backend with shared memory in the place of Node's own. @returns what puts that back */
export async function useSharedBackend(): Promise<() => void> {
	const factory = tf.findBackendFactory('wasm');
	const backend = new BackendWasm(await startSharedWasm(binary()));
	tf.removeBackend('wasm');
	tf.registerBackend('wasm', () => backend);
	await tf.setBackend('wasm');
	return () => {
		tf.removeBackend('wasm');
		tf.registerBackend('wasm', factory);
	};
}
