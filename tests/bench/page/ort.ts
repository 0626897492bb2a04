import type * as Ort from 'onnxruntime-web';
import type { BackendName } from '../../../src/lib/engine/backends/names';
import { inputShape } from '../../../src/lib/engine/config';
import type { ModelConfig } from '../../../src/lib/engine/families';
import { attentionName, INPUT, LOGITS } from './onnx/layers';
import type { Outputs } from './outputs';

/** The model in onnxruntime-web. */
export interface OrtModel {
	/** The execution provider that runs: the one asked for, or wasm in its place. */
	readonly provider: string;
	/** Why it is another one than was asked for, in onnxruntime's own words; empty if it isn't. */
	readonly note: string;
	run(pixels: Float32Array): Promise<Outputs>;
}

type OrtModule = typeof Ort;

const BUILDS: Readonly<Record<'wasm' | 'webgl' | 'webgpu', () => Promise<OrtModule>>> = {
	wasm: () => import('onnxruntime-web/wasm'),
	webgl: () => import('onnxruntime-web/webgl'),
	webgpu: () => import('onnxruntime-web/webgpu')
};

/**
 * Loads the file for the counterpart of one of our backends; for cpu and where there is none, wasm.
 * @param folder where its own WebAssembly lies; see scripts/bench.ts
 */
export async function loadOrt(
	file: Uint8Array,
	config: ModelConfig,
	backend: BackendName,
	threads: number,
	folder: string
): Promise<OrtModel> {
	const provider = backend === 'cpu' ? 'wasm' : backend;
	const settings = { threads, folder };
	try {
		return await load(file, config, provider, settings, '');
	} catch (error) {
		if (provider === 'wasm') throw error;
		const message = error instanceof Error ? error.message : String(error);
		return load(file, config, 'wasm', settings, `onnxruntime-web's ${provider} can't run this graph: ${message}`);
	}
}

async function load(
	file: Uint8Array,
	config: ModelConfig,
	provider: keyof typeof BUILDS,
	{ threads, folder }: { readonly threads: number; readonly folder: string },
	note: string
): Promise<OrtModel> {
	const ort = await BUILDS[provider]();
	ort.env.wasm.wasmPaths = folder;
	ort.env.wasm.numThreads = threads;
	ort.env.logLevel = 'error';
	const session = await ort.InferenceSession.create(file, {
		executionProviders: [provider],
		graphOptimizationLevel: 'all'
	});
	const shape = inputShape(config);
	const depth = session.outputNames.filter((name) => name !== LOGITS).length;
	const run = async (pixels: Float32Array) =>
		outputsOf(await session.run({ [INPUT]: new ort.Tensor('float32', pixels, shape) }), depth);
	return { provider, note, run };
}

/** All outputs, each as an array of JavaScript's. */
async function outputsOf(results: Ort.InferenceSession.ReturnType, depth: number): Promise<Outputs> {
	const read = async (name: string): Promise<Float32Array> => {
		const tensor = results[name];
		if (!tensor) throw new Error(`onnxruntime returned no ${name}.`);
		return (await tensor.getData()) as Float32Array;
	};
	const attention = await Promise.all(Array.from({ length: depth }, (_, i) => read(attentionName(i))));
	return { logits: await read(LOGITS), attention };
}
