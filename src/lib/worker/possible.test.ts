import { afterEach, expect, it, vi } from 'vitest';
import { impossible } from './possible';

afterEach(() => vi.unstubAllGlobals());

const NO_WEBGPU = 'This browser offers no WebGPU here.';
const NO_WEBGL = 'This browser offers no WebGL 2 here.';

it.each([
	['no WebGPU at all', undefined, NO_WEBGPU],
	['no adapter', { requestAdapter: () => Promise.resolve(null) }, NO_WEBGPU],
	['an adapter that is refused', { requestAdapter: () => Promise.reject(new Error('no')) }, NO_WEBGPU],
	['an adapter', { requestAdapter: () => Promise.resolve({}) }, null]
])('with %s, WebGPU is asked for and no more', async (_, gpu, said) => {
	vi.stubGlobal('navigator', { gpu });
	expect(await impossible('webgpu')).toBe(said);
});

it('WebGL is what gives a context, which is given back', async () => {
	const loseContext = vi.fn();
	const canvasWith = (context: unknown) => ({ createElement: () => ({ getContext: () => context }) });
	vi.stubGlobal('document', canvasWith(null));
	expect(await impossible('webgl')).toBe(NO_WEBGL);
	vi.stubGlobal('document', canvasWith({ getExtension: () => ({ loseContext }) }));
	expect(await impossible('webgl')).toBeNull();
	expect(loseContext).toHaveBeenCalledOnce();
});

it('WebAssembly and plain JavaScript may always run', async () => {
	expect([await impossible('wasm'), await impossible('cpu')]).toEqual([null, null]);
});
