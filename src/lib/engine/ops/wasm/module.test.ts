import { describe, expect, it } from 'vitest';
import { kernelBytes, supportedBuilds, type KernelBuild } from './module';

/** The ids of a module's sections (WebAssembly core specification, section 5.5.2). */
function sections(bytes: Uint8Array): number[] {
	const ids: number[] = [];
	for (let at = 8; at < bytes.length;) {
		ids.push(bytes[at++] ?? 0);
		let size = 0;
		for (let shift = 0, byte = 128; byte >= 128; shift += 7) {
			byte = bytes[at++] ?? 0;
			size |= (byte & 127) << shift;
		}
		at += size;
	}
	return ids;
}

describe.each<KernelBuild>(['relaxedSimd', 'simd'])('the %s module', (build) => {
	it('brings nothing of its own into the memory that it is lent', () => {
		const [TABLE, MEMORY, GLOBAL, START, DATA] = [4, 5, 6, 8, 11];
		const found = sections(kernelBytes(build));
		expect(found.length).toBeGreaterThan(4);
		for (const id of [TABLE, MEMORY, GLOBAL, START, DATA]) expect(found).not.toContain(id);
	});
});

describe('the choice of a build', () => {
	it('names only builds that start here, plain SIMD always among them', () => {
		const builds = supportedBuilds();
		expect(builds).toContain('simd');
		for (const build of builds) {
			expect(WebAssembly.Module.imports(new WebAssembly.Module(kernelBytes(build)))).toEqual([
				{ module: 'env', name: 'memory', kind: 'memory' }
			]);
		}
	});
});
