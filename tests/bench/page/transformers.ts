import type { BackendName } from '../../../src/lib/engine/backends/names';
import { inputShape } from '../../../src/lib/engine/config';
import type { ModelConfig } from '../../../src/lib/engine/families';
import { attentionName, INPUT, LOGITS } from './onnx/layers';
import type { Outputs } from './outputs';

/* transformers.js as the third engine. It is no package of ours, so its own build is loaded as it lies, and this says what of it is used. */

interface Tensor {
	readonly data: Float32Array;
	readonly location: string;
	readonly ort_tensor: { getData(): Promise<Float32Array> };
}

type TransformersModel = (inputs: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, Tensor>>>;

interface Transformers {
	readonly env: {
		allowLocalModels: boolean;
		allowRemoteModels: boolean;
		useBrowserCache: boolean;
		useWasmCache: boolean;
		fetch: (address: string) => Promise<Response>;
		readonly backends: { readonly onnx: { readonly wasm: { wasmPaths: string; numThreads: number } } };
	};
	readonly AutoModel: {
		from_pretrained(
			name: string,
			options: { readonly device: string; readonly dtype: 'fp32'; readonly local_files_only: true }
		): Promise<TransformersModel>;
	};
	readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => unknown;
}

/** Addresses of its build, and of the onnxruntime-web that it brings; both end in a slash. */
export interface TransformersFolders {
	readonly build: string;
	readonly ort: string;
}

/**
 * Loads an ONNX file as a model of transformers.js, from no hub.
 * @param folders where it lies; see scripts/bench.ts
 */
export async function loadTransformers(
	file: Uint8Array,
	config: ModelConfig,
	backend: BackendName,
	threads: number,
	{ build, ort }: TransformersFolders
): Promise<(pixels: Float32Array) => Promise<Outputs>> {
	const { env, AutoModel, Tensor } = (await import(/* @vite-ignore */ `${build}transformers.min.js`)) as Transformers;
	Object.assign(env, { allowLocalModels: true, allowRemoteModels: false, useBrowserCache: false, useWasmCache: false });
	Object.assign(env.backends.onnx.wasm, { wasmPaths: ort, numThreads: threads });
	// Of a ViT it asks for no more than to be handed the pixels; and so whatever the file holds may pass for one.
	env.fetch = async (address) => {
		if (address.endsWith('.onnx')) return new Response(file as Uint8Array<ArrayBuffer>);
		return address.endsWith('config.json') ? Response.json({ model_type: 'vit' }) : new Response(null, { status: 404 });
	};
	const device = backend === 'webgpu' ? 'webgpu' : 'wasm';
	const model = await AutoModel.from_pretrained('made-here', { device, dtype: 'fp32', local_files_only: true });
	const shape = inputShape(config);
	return async (pixels) => outputsOf(await model({ [INPUT]: new Tensor('float32', pixels, shape) }));
}

async function outputsOf(results: Readonly<Record<string, Tensor>>): Promise<Outputs> {
	const depth = Object.keys(results).filter((name) => name !== LOGITS).length;
	const read = async (name: string) => {
		const tensor = results[name];
		if (!tensor) throw new Error(`transformers.js returned no ${name}.`);
		return tensor.ort_tensor.getData();
	};
	const attention = await Promise.all(Array.from({ length: depth }, (_, i) => read(attentionName(i))));
	return { logits: await read(LOGITS), attention };
}
