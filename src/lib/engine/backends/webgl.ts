import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import { addConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Add';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/BatchMatMul';
import { concatConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Concat';
import { erfConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Erf';
import { expConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Exp';
import { gatherV2Config } from '@tensorflow/tfjs-backend-webgl/dist/kernels/GatherV2';
import { identityConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Identity';
import { meanConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Mean';
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Multiply';
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
	batchMatMulConfig,
	concatConfig,
	erfConfig,
	expConfig,
	gatherV2Config,
	identityConfig,
	meanConfig,
	multiplyConfig,
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
