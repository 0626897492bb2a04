import type { RangedKernel } from './job';
import { moduleBytes } from './module-bytes';
import { MODULES } from './modules';
import { withSharedMemory } from './shared-memory';

/** Which of the builds runs: with fused multiply-add, or without. */
export type KernelBuild = keyof typeof MODULES;

/**
 * The kernels that make what they are asked for from one unit to before another, so that several threads can share it:
 * each takes its own arguments, then `from`, `to`, and its scratch space if it needs one. What the arguments are stands
 * where each is written, in `assembly`; addresses are bytes from the start of the memory, strides and sizes count float32s.
 */
export const RANGED = [
	'gemm',
	'gemmTransposed',
	'columnSums',
	'scores',
	'context',
	'attentionBack',
	'softmax',
	'softmaxBack',
	'layerNorm',
	'layerNormBack',
	'rowMoments',
	'layerNormParametersBack',
	'gelu',
	'geluBack',
	'bend',
	'bentBack',
	'depthwise',
	'unfold',
	'convolveBack',
	'widenTransposed'
] as const;
export type RangedName = (typeof RANGED)[number];

/** What the module exports. */
export interface KernelExports extends Readonly<Record<RangedName, RangedKernel>> {
	/** How many float32s of scratch space a product over `depth` terms needs. */
	gemmScratch(depth: number): number;
}

/** A build that was started in a memory. */
export interface StartedKernels {
	readonly build: KernelBuild;
	readonly module: WebAssembly.Module;
	readonly memory: WebAssembly.Memory;
	readonly exports: KernelExports;
}

/** A build's bytes. */
export function kernelBytes(build: KernelBuild): Uint8Array<ArrayBuffer> {
	return moduleBytes(MODULES[build]);
}

/** The builds that this JavaScript engine takes, the faster one first. */
export function supportedBuilds(): KernelBuild[] {
	const builds: KernelBuild[] = ['relaxedSimd', 'simd'];
	return builds.filter((build) => WebAssembly.validate(kernelBytes(build)));
}

/** Starts a build in a memory that belongs to someone else; it keeps nothing there between calls. */
export async function startKernels(build: KernelBuild, memory: WebAssembly.Memory): Promise<StartedKernels> {
	const bytes = kernelBytes(build);
	const module = await WebAssembly.compile(isShared(memory) ? withSharedMemory(bytes) : bytes);
	const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
	return { build, module, memory, exports: exports as unknown as KernelExports };
}

/** Whether several threads can look at it. */
export function isShared({ buffer }: WebAssembly.Memory): boolean {
	return !(buffer instanceof ArrayBuffer);
}
