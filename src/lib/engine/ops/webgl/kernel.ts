import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { KERNELS, type KernelName } from '../dispatch';

type Run<Input extends string> = (
	backend: MathBackendWebGL,
	inputs: Record<Input, TensorInfo>,
	attrs: Record<string, number>
) => TensorInfo;

/** Declares one of our own kernels. tfjs hands inputs and backend over untyped; this is where they get their types. */
export function webglKernel<Input extends string>(kernel: KernelName, run: Run<Input>): KernelConfig {
	return {
		kernelName: KERNELS[kernel],
		backendName: 'webgl',
		kernelFunc: ({ inputs, backend, attrs }) =>
			run(backend as MathBackendWebGL, inputs as Record<Input, TensorInfo>, attrs as Record<string, number>)
	};
}

/** A GLSL program for tfjs, without what is the same for all of ours. */
export interface Program {
	/** Names of the textures, in the order of the inputs. */
	readonly inputs: readonly string[];
	readonly outputShape: number[];
	/** Uniforms of type float (those named `eps` or `scaling`) and int (all others), with their values. */
	readonly uniforms: Readonly<Record<string, number>>;
	readonly code: string;
	/** One number a texel in place of four; see `texels.ts`. */
	readonly unpacked?: boolean;
}

const FLOAT_UNIFORMS = ['eps', 'scaling'];

/**
 * Compiles the program unless one with the same code has been, and queues it. All our tensors are float32 to tfjs,
 * whatever their textures are. Sizes travel as uniforms, so that all layers share a program.
 */
export function runProgram(backend: MathBackendWebGL, program: Program, inputs: TensorInfo[]): TensorInfo {
	const uniforms = Object.entries(program.uniforms);
	const tfjsProgram: GPGPUProgram = {
		variableNames: [...program.inputs],
		outputShape: program.outputShape,
		userCode: program.code,
		enableShapeUniforms: true,
		packedInputs: !program.unpacked,
		packedOutput: !program.unpacked,
		customUniforms: uniforms.map(([name]) => ({ name, type: FLOAT_UNIFORMS.includes(name) ? 'float' : 'int' }))
	};
	const values = uniforms.map(([, value]) => [value]);
	return backend.runWebGLProgram(tfjsProgram, inputs, 'float32', values);
}
