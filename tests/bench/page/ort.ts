import type * as Ort from 'onnxruntime-web';
import type { BackendName } from '../../../src/lib/engine/backends/names';
import type { ViTConfig } from '../../../src/lib/engine/vit/config';
import { attentionName, INPUT, LOGITS } from './onnx/vit';
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

/** Its own WebAssembly lies here; see scripts/bench.ts. */
const WASM_PATH = new URL('ort/', document.baseURI).href;

const BUILDS: Readonly<Record<'wasm' | 'webgl' | 'webgpu', () => Promise<OrtModule>>> = {
	wasm: () => import('onnxruntime-web/wasm'),
	webgl: () => import('onnxruntime-web/webgl'),
	webgpu: () => import('onnxruntime-web/webgpu')
};

/** Loads the file for the counterpart of one of our backends; for cpu and where there is none, wasm. */
export async function loadOrt(
	file: Uint8Array,
	config: ViTConfig,
	backend: BackendName,
	threads: number
): Promise<OrtModel> {
	const provider = backend === 'cpu' ? 'wasm' : backend;
	try {
		return await load(file, config, provider, threads, '');
	} catch (error) {
		if (provider === 'wasm') throw error;
		const message = error instanceof Error ? error.message : String(error);
		return load(file, config, 'wasm', threads, `onnxruntime-web's ${provider} can't run this graph: ${message}`);
	}
}

async function load(
	file: Uint8Array,
	config: ViTConfig,
	provider: keyof typeof BUILDS,
	threads: number,
	note: string
): Promise<OrtModel> {
	const ort = await BUILDS[provider]();
	ort.env.wasm.wasmPaths = WASM_PATH;
	ort.env.wasm.numThreads = threads;
	ort.env.logLevel = 'error';
	const session = await ort.InferenceSession.create(file, {
		executionProviders: [provider],
		graphOptimizationLevel: 'all'
	});
	const shape = [1, config.channels, ...config.imageSize];
	const run = async (pixels: Float32Array) =>
		outputsOf(await session.run({ [INPUT]: new ort.Tensor('float32', pixels, shape) }), config.depth);
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
