import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { asRows, runProgram, type Uniform } from './kernel';

/** Invocations that share a row. */
const LANES = 64;

/** A program with a workgroup for each row along the last axis of its first operand, `x`; the result has x's shape. */
interface RowProgram {
	readonly name: string;
	readonly inputs: readonly string[];
	readonly uniforms?: string;
	/**
	 * WGSL statements. They find `first` (the index of the row's first element), `features`, `isReal` (false in workgroups that must store nothing), the functions `rowSum` and
	 * `rowMax` that combine a number of each lane, and store the row's results in `result[first + j]`.
	 */
	readonly body: string;
}

/** A WGSL loop over the lane's share of a row's features `j`. */
export function eachFeature(statement: string): string {
	return `for (var j = lane; j < features; j += ${LANES}) { ${statement} }`;
}

/**
 * A WGSL function that combines one number of each lane and gives all lanes the result. Every lane reads all the
 * numbers by itself: that takes two barriers in place of a tree's seven, and a read that all lanes share costs one.
 */
function acrossLanes(name: string, combine: string): string {
	return `
		fn ${name}(mine: f32) -> f32 {
			lanes[localIndex] = mine;
			workgroupBarrier();
			var all = lanes[0];
			for (var i = 1; i < ${LANES}; i++) {
				let next = lanes[i];
				all = ${combine};
			}
			workgroupBarrier();
			return all;
		}
	`;
}

/** Runs a row program on operands of which the first is `x`. */
export function runRowProgram(
	backend: WebGPUBackend,
	{ body, ...program }: RowProgram,
	[x, ...others]: [TensorInfo, ...TensorInfo[]],
	uniforms: Uniform[] = []
): TensorInfo {
	const rows = asRows(x);
	// More than 65535 rows are folded into two dimensions, and the last workgroups may lie beyond the last row. They
	// have to meet the others' barriers, so they work on a row that is there and store nothing.
	const code = `
		var<workgroup> lanes: array<f32, ${LANES}>;
		${acrossLanes('rowSum', 'all + next')}
		${acrossLanes('rowMax', 'max(all, next)')}
		fn main(index: i32) {
			let row = min(index / ${LANES}, uniforms.xShape.x - 1);
			let isReal = row == index / ${LANES};
			let lane = i32(localIndex);
			let features = uniforms.xShape.y;
			let first = row * features;
			${body}
		}
	`;
	return runProgram(
		backend,
		{
			...program,
			outputShape: x.shape,
			workgroupSize: [LANES, 1, 1],
			workgroups: [rows.shape[0] ?? 0, 1, 1],
			code
		},
		[rows, ...others],
		uniforms
	);
}
