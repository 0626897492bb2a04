import { MODULES } from './modules';

/** Which of the builds runs: with fused multiply-add, or without. */
export type KernelBuild = keyof typeof MODULES;

/** What the module exports; addresses are bytes from the start of the memory, strides and sizes count float32s. */
export interface KernelExports {
	/** How many float32s of scratch space a product over `depth` terms needs. */
	gemmScratch(depth: number): number;
	/** `c = a @ b * scale + bias`; see `assembly/gemm.ts`. */
	gemm(
		rows: number,
		columns: number,
		depth: number,
		a: number,
		aStride: number,
		b: number,
		bStride: number,
		bColumnStride: number,
		scale: number,
		bias: number,
		c: number,
		cStride: number,
		scratch: number
	): void;
	/** From float16 to float32; see `assembly/halves.ts`. */
	widen(from: number, to: number, rows: number, columns: number, stride: number): void;
	softmax(x: number, y: number, rows: number, length: number): void;
	layerNorm(x: number, scale: number, offset: number, eps: number, y: number, rows: number, length: number): void;
	gelu(x: number, y: number, length: number): void;
	geluBack(gradient: number, x: number, y: number, length: number): void;
	softmaxBack(gradient: number, shares: number, y: number, rows: number, length: number): void;
	bentBack(gradient: number, made: number, ceiling: number, y: number, length: number): void;
	layerNormBack(gradient: number, x: number, scale: number, eps: number, y: number, rows: number, length: number): void;
	layerNormParametersBack(
		gradient: number,
		x: number,
		eps: number,
		scale: number,
		offset: number,
		rows: number,
		length: number
	): void;
	/** `c = a^T @ b * scale`, in addition to what is there unless `adds` is 0; see `assembly/transposed.ts`. */
	gemmTransposed(
		rows: number,
		columns: number,
		depth: number,
		a: number,
		aStride: number,
		b: number,
		bStride: number,
		scale: number,
		c: number,
		cStride: number,
		adds: number
	): void;
	columnSums(x: number, y: number, rows: number, length: number): void;
	/** What the places of a kernel see of one map, as rows; see `assembly/kernel-places.ts`. */
	unfold: Unfold;
	/** Its adjoint: from rows to a map. */
	fold: Unfold;
}

type Unfold = (
	from: number,
	to: number,
	height: number,
	width: number,
	channels: number,
	kernel: number,
	stride: number,
	top: number,
	left: number,
	rows: number,
	columns: number
) => void;

/** A build's bytes. */
export function kernelBytes(build: KernelBuild): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(MODULES[build]), (character) => character.charCodeAt(0));
}

/** The builds that this JavaScript engine takes, the faster one first. */
export function supportedBuilds(): KernelBuild[] {
	const builds: KernelBuild[] = ['relaxedSimd', 'simd'];
	return builds.filter((build) => WebAssembly.validate(kernelBytes(build)));
}

/** Starts a build in a memory that belongs to someone else; it keeps nothing there between calls. */
export async function startKernels(build: KernelBuild, memory: WebAssembly.Memory): Promise<KernelExports> {
	const { instance } = await WebAssembly.instantiate(kernelBytes(build), { env: { memory } });
	return instance.exports as unknown as KernelExports;
}
