import { afterEach, describe, expect, it, vi } from 'vitest';
import { nodeBackend, required, typedPath } from './cli';

describe('nodeBackend', () => {
	it('takes the backends that Node has', () => {
		expect([nodeBackend('wasm', 'usage'), nodeBackend('cpu', 'usage')]).toEqual(['wasm', 'cpu']);
	});

	it.each(['webgl', 'wsam', ''])('refuses "%s" and shows the usage', (name) => {
		expect(() => nodeBackend(name, 'npm run it')).toThrow(`wasm and cpu, not "${name}". Usage: npm run it`);
	});
});

describe('required', () => {
	it('names the option that is missing', () => {
		expect(required('here', 'model', 'usage')).toBe('here');
		expect(() => required(undefined, 'model', 'npm run it')).toThrow('Missing --model. Usage: npm run it');
	});
});

describe('typedPath', () => {
	afterEach(() => vi.unstubAllEnvs());

	it('starts a relative path in the folder in which npm was called', () => {
		vi.stubEnv('INIT_CWD', '/project/static');
		expect(typedPath('models/vit-tiny')).toBe('/project/static/models/vit-tiny');
		expect(typedPath('../photo.png')).toBe('/project/photo.png');
	});

	it('starts it in the current folder without npm', () => {
		vi.stubEnv('INIT_CWD', undefined);
		expect(typedPath('models')).toBe(`${process.cwd()}/models`);
	});

	it.each(['/project/static', undefined])('leaves an absolute path as it is, called in %s', (folder) => {
		vi.stubEnv('INIT_CWD', folder);
		expect(typedPath('/models/vit-tiny')).toBe('/models/vit-tiny');
	});
});
