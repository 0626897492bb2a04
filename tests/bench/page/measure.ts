import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../../src/lib/engine/backends/names';
import { onnxOf } from './onnx/of-model';
import { loadOrt, type OrtModel } from './ort';
import { inputOf, loadOurs, runOurs, start } from './ours';
import { compareOutputs, worstOf, type Difference, type Outputs } from './outputs';
import { timed } from './timed';
import { loadTransformers, type TransformersFolders } from './transformers';

export interface EnginesRequest {
	/** Address of the checkpoint folder, ending in a slash. */
	readonly model: string;
	/** Address of onnxruntime's own WebAssembly, ending in a slash; null to leave that engine out. */
	readonly ort: string | null;
	/** Where transformers.js lies, to run the same file; null to leave it out. */
	readonly transformers: TransformersFolders | null;
	readonly backend: BackendName;
	readonly threads: number;
}

/** What can be asked of engines that were opened, here or in a worker. Milliseconds throughout. */
export interface Engines {
	/** What they run on: our threads, onnxruntime's provider, and why it is another than was asked for. */
	about(): Promise<{ readonly threads: number; readonly provider: string; readonly note: string }>;
	ours(): Promise<number>;
	ort(): Promise<number>;
	transformers(): Promise<number>;
	/** Of ours to any of the others, the largest. */
	difference(): Promise<Difference>;
	/** Which share of one of our runs passes inside our own kernels, which threads share between them. */
	shareInKernels(): Promise<number>;
}

/** Loads the model into this engine and, where it is asked for, into onnxruntime. */
export async function openEngines({
	model: folder,
	ort: ortFolder,
	transformers: folders,
	backend,
	threads
}: EnginesRequest): Promise<Engines> {
	const threadsHere = await start(backend, { threads });
	const model = await loadOurs(folder);
	const pixels = inputOf(model);
	let ort: OrtModel | null = null;
	if (ortFolder !== null) ort = await loadOrt(await onnxOf(model), model.config, backend, threads, ortFolder);
	const third = folders && (await loadTransformers(await onnxOf(model), model.config, backend, threads, folders));
	const last: { ours?: Outputs; ort?: Outputs; transformers?: Outputs } = {};
	const time = async (side: keyof typeof last, run: () => Promise<Outputs>) => {
		const [milliseconds, outputs] = await timed(run);
		last[side] = outputs;
		return milliseconds;
	};
	return {
		about: async () => ({ threads: threadsHere, provider: ort?.provider ?? '', note: ort?.note ?? '' }),
		ours: () => time('ours', () => runOurs(model, pixels)),
		ort: () => {
			if (!ort) throw new Error('onnxruntime was left out.');
			const { run } = ort;
			return time('ort', () => run(pixels));
		},
		transformers: () => {
			if (!third) throw new Error('transformers.js was left out.');
			return time('transformers', () => third(pixels));
		},
		difference: async () => {
			const { ours, ort: one, transformers: other } = last;
			if (!ours || !one) throw new Error('Both engines have to run before they are compared.');
			return worstOf([one, ...(other ? [other] : [])].map((outputs) => compareOutputs(ours, outputs)));
		},
		shareInKernels: () => shareInKernels(backend, () => time('ours', () => runOurs(model, pixels)))
	};
}

/** Takes the time of each of our kernels while `run` passes, and puts them back as they were. */
async function shareInKernels(backend: BackendName, run: () => Promise<number>): Promise<number> {
	let inside = 0;
	const own = tf.getKernelsForBackend(backend).filter(({ kernelName }) => kernelName.startsWith('Patchwork'));
	const put = (configs: readonly tf.KernelConfig[]) => {
		for (const config of configs) {
			tf.unregisterKernel(config.kernelName, backend);
			tf.registerKernel(config);
		}
	};
	put(
		own.map((config) => ({
			...config,
			kernelFunc: (params) => {
				const began = performance.now();
				const made = config.kernelFunc(params);
				inside += performance.now() - began;
				return made;
			}
		}))
	);
	try {
		const all = await run();
		return inside / all;
	} finally {
		put(own);
	}
}
