import '@tensorflow/tfjs-backend-webgpu/dist/flags_webgpu';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/AvgPool';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Cast';
import { concatConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Concat';
import { conv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Conv2D';
import { depthwiseConv2dNativeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/DepthwiseConv2dNative';
import { erfConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Erf';
import { expConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Exp';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedDepthwiseConv2D';
import { gatherV2Config } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/GatherV2';
import { greaterConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Greater';
import { identityConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Identity';
import { lessConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Less';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/MaxPool';
import { maxPoolGradConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/MaxPoolGrad';
import { meanConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Mean';
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Multiply';
import { reluConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape';
import { rsqrtConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Rsqrt';
import { selectConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Select';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sigmoid';
import { sliceConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Slice';
import { softmaxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Softmax';
import { squareConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Square';
import { subConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sub';
import { transposeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Transpose';
import { registerWebgpuKernels } from '../ops/webgpu/register';
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

/** More than the defaults, where the adapter has it: big models need big buffers. */
const LIMITS = [
	'maxComputeWorkgroupStorageSize',
	'maxComputeWorkgroupsPerDimension',
	'maxStorageBufferBindingSize',
	'maxBufferSize',
	'maxComputeWorkgroupSizeX',
	'maxComputeInvocationsPerWorkgroup'
] as const;

/** WebGPU on the adapter that the browser thinks fastest. */
export async function create(): Promise<CreatedBackend> {
	if (!navigator.gpu) throw new Error('this browser has no WebGPU');
	// tfjs would claim to run without an adapter, so we ask for it first.
	const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
	if (!adapter) throw new Error('there is no WebGPU adapter');
	const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
	const device = await adapter.requestDevice({ requiredLimits });
	const lost = device.lost.then(({ message }) => message || 'the WebGPU device was lost');
	return {
		backend: new WebGPUBackend(device, adapter.info),
		kernels,
		registerOwnKernels: registerWebgpuKernels,
		lost,
		lose: () => device.destroy()
	};
}
