import { setFlagsFromString } from 'node:v8';
import { supportedBuilds, type KernelBuild } from './module';

/** Every build, and whether it can be tested here: Node 20 has relaxed SIMD behind a flag, later versions without. */
export function buildsUnderTest(): { build: KernelBuild; runs: boolean }[] {
	if (!supportedBuilds().includes('relaxedSimd')) setFlagsFromString('--experimental-wasm-relaxed-simd');
	const supported = supportedBuilds();
	return (['relaxedSimd', 'simd'] as const).map((build) => ({ build, runs: supported.includes(build) }));
}
