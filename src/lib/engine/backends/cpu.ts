import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { addConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Add';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/AvgPool';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cast';
import { concatConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Concat';
import { conv2DConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Conv2D';
import { depthwiseConv2dNativeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/DepthwiseConv2dNative';
import { erfConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Erf';
import { expConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Exp';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/FusedDepthwiseConv2D';
import { gatherV2Config } from '@tensorflow/tfjs-backend-cpu/dist/kernels/GatherV2';
import { greaterConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Greater';
import { identityConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Identity';
import { lessConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Less';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/MaxPool';
import { maxPoolGradConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/MaxPoolGrad';
import { meanConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Mean';
import { multiplyConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply';
import { reluConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape';
import { rsqrtConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Rsqrt';
import { selectConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Select';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sigmoid';
import { sliceConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Slice';
import { softmaxConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Softmax';
import { squareConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Square';
import { subConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sub';
import { transposeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Transpose';
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

/** Plain JavaScript: slow, and always there. */
export async function create(): Promise<CreatedBackend> {
	return { backend: new MathBackendCPU(), kernels };
}
