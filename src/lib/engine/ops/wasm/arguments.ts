import type { TensorInfo } from '@tensorflow/tfjs-core';

/* What tfjs hands to a kernel. */

export type Inputs = Readonly<Record<string, TensorInfo | undefined>>;
export type Attrs = Readonly<Record<string, number>>;

export const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** A required input. */
export function input(inputs: Inputs, name: string): TensorInfo {
	const tensor = inputs[name];
	if (!tensor) throw new Error(`A wasm kernel was called without its input '${name}'.`);
	return tensor;
}

/** A required attribute. */
export function attr(attrs: Attrs, name: string): number {
	const value = attrs[name];
	if (value === undefined) throw new Error(`A wasm kernel was called without its attribute '${name}'.`);
	return value;
}

/** A tensor seen as rows of its last axis. */
export function asRows({ shape }: TensorInfo): { rows: number; length: number } {
	const length = shape.at(-1) ?? 1;
	return { rows: shape.slice(0, -1).reduce((a, b) => a * b, 1), length };
}
