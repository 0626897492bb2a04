import * as tf from '@tensorflow/tfjs-core';
import { BackendWasm, init, setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { addConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Add';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/AvgPool';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Cast';
import { concatConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Concat';
import { conv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Conv2D';
import { depthwiseConv2dNativeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/DepthwiseConv2dNative';
import { erfConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Erf';
import { expConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Exp';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedDepthwiseConv2D';
import { gatherV2Config } from '@tensorflow/tfjs-backend-wasm/dist/kernels/GatherV2';
import { greaterConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Greater';
import { identityConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Identity';
import { lessConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Less';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool';
import { maxPoolGradConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPoolGrad';
import { meanConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Mean';
import { multiplyConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Multiply';
import { reluConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape';
import { rsqrtConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Rsqrt';
import { selectConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Select';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sigmoid';
import { sliceConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Slice';
import { softmaxConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Softmax';
import { squareConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Square';
import { subConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sub';
import { transposeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose';
import plainUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import { registerThreadedKernels, registerWasmKernels } from '../ops/wasm/register';
import { startWorkerThread } from '../ops/wasm/worker-thread';
import { startSharedWasm } from './shared-wasm';
import { threadsWithin } from './threads';
import type { CreatedBackend } from './types';

/** What the plain path of the forward pass and its edits need, and no more: the rest of tfjs stays out of the page. */
const kernels = [
	addConfig,
	avgPoolConfig,
	batchMatMulConfig,
	castConfig,
	concatConfig,
	conv2DConfig,
	depthwiseConv2dNativeConfig,
	erfConfig,
	expConfig,
	fusedConv2DConfig,
	fusedDepthwiseConv2DConfig,
	gatherV2Config,
	greaterConfig,
	identityConfig,
	lessConfig,
	maxPoolConfig,
	maxPoolGradConfig,
	meanConfig,
	multiplyConfig,
	reluConfig,
	reshapeConfig,
	rsqrtConfig,
	selectConfig,
	sigmoidConfig,
	sliceConfig,
	softmaxConfig,
	squareConfig,
	subConfig,
	transposeConfig
];

/**
 * WebAssembly, with SIMD where the browser has it.
 * @param threads more than 1 asks for threads; they need a cross-origin isolated page, and that this runs in a worker of it
 */
export async function create(threads = 1): Promise<CreatedBackend> {
	if (threads > 1 && canShare()) return createThreaded(threadsWithin(threads, navigator.hardwareConcurrency));
	setWasmPaths({
		'tfjs-backend-wasm.wasm': plainUrl,
		'tfjs-backend-wasm-simd.wasm': simdUrl,
		// tfjs wants an address for each of its builds; this one is never asked for.
		'tfjs-backend-wasm-threaded-simd.wasm': simdUrl
	});
	tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
	const { wasm } = await init();
	return {
		backend: new BackendWasm(wasm),
		kernels,
		registerOwnKernels: async () => void (await registerWasmKernels())
	};
}

async function createThreaded(threads: number): Promise<CreatedBackend> {
	const response = await fetch(simdUrl);
	if (!response.ok) throw new Error(`WebAssembly’s code did not come (${response.status})`);
	const wasm = await startSharedWasm(new Uint8Array(await response.arrayBuffer()));
	return {
		backend: new BackendWasm(wasm),
		kernels,
		startThreads: () => registerThreadedKernels(threads, startWorkerThread)
	};
}

/** Memory is shared on isolated pages alone, and the page's own thread may not wait for others. */
function canShare(): boolean {
	return globalThis.crossOriginIsolated && typeof WorkerGlobalScope !== 'undefined' && typeof Worker !== 'undefined';
}
