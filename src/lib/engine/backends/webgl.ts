import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import { addConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Add';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/AvgPool';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Cast';
import { concatConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Concat';
import { conv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Conv2D';
import { depthwiseConv2dNativeConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/DepthwiseConv2dNative';
import { erfConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Erf';
import { expConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Exp';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/FusedDepthwiseConv2D';
import { gatherV2Config } from '@tensorflow/tfjs-backend-webgl/dist/kernels/GatherV2';
import { greaterConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Greater';
import { identityConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Identity';
import { lessConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Less';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/MaxPool';
import { maxPoolGradConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/MaxPoolGrad';
import { meanConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Mean';
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Multiply';
import { reluConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Reshape';
import { rsqrtConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Rsqrt';
import { selectConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Select';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Sigmoid';
import { sliceConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Slice';
import { softmaxConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Softmax';
import { squareConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Square';
import { subConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Sub';
import { transposeConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Transpose';
import { registerWebglKernels } from '../ops/webgl/register';
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

/** WebGL 2, on a canvas that nobody sees. */
export async function create(): Promise<CreatedBackend> {
	const backend = new MathBackendWebGL();
	const gl = backend.gpgpu.gl;
	const lost = new Promise<string>((resolve) => {
		gl.canvas.addEventListener('webglcontextlost', () => resolve('the browser took the WebGL context away'), {
			once: true
		});
	});
	return {
		backend,
		kernels,
		registerOwnKernels: registerWebglKernels,
		lost,
		lose: () => gl.getExtension('WEBGL_lose_context')?.loseContext()
	};
}
