import type { BackendName } from '../engine/backends/names';

/**
 * Why this browser can't run a backend, where it says so at once: what is no candidate needs no worker that starts it.
 * @returns a sentence; null for one that may run, which only starting it can tell
 */
export async function impossible(name: BackendName): Promise<string | null> {
	if (name === 'webgpu') return (await hasAdapter()) ? null : 'This browser offers no WebGPU here.';
	if (name === 'webgl') return hasWebGl() ? null : 'This browser offers no WebGL 2 here.';
	return null;
}

async function hasAdapter(): Promise<boolean> {
	// Not every browser has it, whatever the types say.
	const gpu = navigator.gpu as GPU | undefined;
	try {
		return ((await gpu?.requestAdapter()) ?? null) !== null;
	} catch {
		return false;
	}
}

function hasWebGl(): boolean {
	const context = document.createElement('canvas').getContext('webgl2');
	// Browsers keep a few contexts at a time, and this one is not needed any more.
	context?.getExtension('WEBGL_lose_context')?.loseContext();
	return context !== null;
}
