import { describe, expect, it } from 'vitest';
import { nodeBackend, required } from './cli';

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
