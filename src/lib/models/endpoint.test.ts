import { describe, expect, it } from 'vitest';
import {
	DEFAULT_ENDPOINT,
	normaliseEndpoint,
	readEndpoint,
	refusalOf,
	writeEndpoint,
	type SettingStorage
} from './endpoint';

function memory(): () => SettingStorage {
	const values = new Map<string, string>();
	const storage = {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
		removeItem: (key: string) => void values.delete(key)
	};
	return () => storage;
}

function forbidden(): SettingStorage {
	throw new DOMException('The operation is insecure.', 'SecurityError');
}

describe("the hub's address", () => {
	it('is put in the form that paths go after', () => {
		expect(normaliseEndpoint(' https://hub.example/mirror/?x=1 ')).toBe('https://hub.example/mirror');
		expect(normaliseEndpoint('http://127.0.0.1:4340')).toBe('http://127.0.0.1:4340');
	});

	it.each(['hub.example', 'ftp://hub.example', 'javascript:void 0', ''])('is not "%s"', (text) => {
		expect(() => normaliseEndpoint(text)).toThrow('is not a web address: write it like https://huggingface.co.');
	});

	it('is encrypted, or on this machine, for the page may ask no other', () => {
		const storage = memory();
		expect(() => writeEndpoint('http://hub.example', storage)).toThrow('over https: alone, or from this very machine');
		expect(writeEndpoint('http://localhost:8000', storage)).toBe('http://localhost:8000');
	});

	it('stays what an earlier version kept, and is refused: no other is asked in its place', () => {
		const storage = memory();
		storage().setItem('patchwork.hub', 'http://hub.example');
		expect(readEndpoint(storage)).toBe('http://hub.example');
		expect(refusalOf(readEndpoint(storage))).toMatch(/over https: alone.*not from hub\.example/);
		for (const reached of ['https://hub.example', 'http://localhost:8000']) expect(refusalOf(reached)).toBeNull();
		storage().setItem('patchwork.hub', 'no address');
		expect(readEndpoint(storage)).toBe(DEFAULT_ENDPOINT);
	});

	it('is kept, and forgotten when empty', () => {
		const storage = memory();
		expect(readEndpoint(storage)).toBe(DEFAULT_ENDPOINT);
		expect(writeEndpoint('https://hub.example/', storage)).toBe('https://hub.example');
		expect(readEndpoint(storage)).toBe('https://hub.example');
		expect(writeEndpoint(' ', storage)).toBe(DEFAULT_ENDPOINT);
		expect(readEndpoint(storage)).toBe(DEFAULT_ENDPOINT);
	});

	it('is the default where nothing may be kept', () => {
		expect(readEndpoint(forbidden)).toBe(DEFAULT_ENDPOINT);
		expect(() => writeEndpoint('https://hub.example', forbidden)).toThrow('keeps no settings');
	});
});
