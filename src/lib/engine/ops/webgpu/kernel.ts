import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program';
import { util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { KERNELS, type KernelName } from '../dispatch';

/** A WGSL program for tfjs, without what tfjs fills in or what is the same for all of ours. */
export interface Program {
	/** Short and unique; with the ranks of the operands it says which compiled pipeline can be used again. */
	readonly name: string;
	/** Names of the storage arrays, in the order of the inputs. The result's is always `result`. */
	readonly inputs: readonly string[];
	readonly outputShape: number[];
	readonly workgroupSize: [number, number, number];
	/** Workgroups in x, y and z. Only one-dimensional ones may exceed the 65535 that WebGPU allows: tfjs folds them. */
	readonly workgroups: [number, number, number];
	/** Further uniforms beside the shapes and `size`, the number of results, as WGSL struct members. */
	readonly uniforms?: string;
	/** `main()`, or `main(index: i32)` where the workgroups are one-dimensional, and what it needs. */
	readonly code: string;
}

/** The value of a uniform that a program declares. */
export interface Uniform {
	readonly type: 'float32' | 'int32';
	readonly data: number[];
}

type Inputs<Input extends string, Optional extends string> = Record<Input, TensorInfo> &
	Partial<Record<Optional, TensorInfo>>;

type Run<Input extends string, Optional extends string> = (
	backend: WebGPUBackend,
	inputs: Inputs<Input, Optional>,
	attrs: Record<string, number>
) => TensorInfo;

/** Declares one of our own kernels. tfjs hands inputs and backend over untyped; this is where they get their types. */
export function webgpuKernel<Input extends string, Optional extends string = never>(
	kernel: KernelName,
	run: Run<Input, Optional>
): KernelConfig {
	return {
		kernelName: KERNELS[kernel],
		backendName: 'webgpu',
		kernelFunc: ({ inputs, backend, attrs }) =>
			run(backend as WebGPUBackend, inputs as Inputs<Input, Optional>, attrs as Record<string, number>)
	};
}

/** Compiles the program unless it has been, and queues it. All our results are float32. */
export function runProgram(
	backend: WebGPUBackend,
	program: Program,
	inputs: TensorInfo[],
	uniforms: Uniform[] = []
): TensorInfo {
	const flat = program.workgroups[1] === 1 && program.workgroups[2] === 1 && program.workgroupSize[1] === 1;
	const tfjsProgram: WebGPUProgram = {
		shaderKey: `patchwork_${program.name}`,
		variableNames: [...program.inputs],
		outputShape: program.outputShape,
		workgroupSize: program.workgroupSize,
		dispatch: program.workgroups,
		// tfjs reads from this only whether the dispatch is flat; our programs compute their own coordinates.
		dispatchLayout: flat ? { x: program.outputShape.map((_, axis) => axis) } : { x: [1], y: [0] },
		uniforms: program.uniforms,
		size: true,
		getUserCode: () => program.code
	};
	return backend.runWebGPUProgram(tfjsProgram, inputs, 'float32', uniforms);
}

/** The same tensor as a matrix of its last axis: what a program that works on rows takes. */
export function asRows(x: TensorInfo): TensorInfo {
	const features = x.shape.at(-1) ?? 1;
	return { ...x, shape: [features === 0 ? 0 : util.sizeFromShape(x.shape) / features, features] };
}
