import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { someBytes } from '../../../tests/hub/folders';
import { Sha256 } from './sha256';

const expected = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

describe('Sha256', () => {
	it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 70_001])('agrees on %i bytes', (length) => {
		const data = someBytes(length);
		expect(new Sha256().update(data).hex()).toBe(expected(data));
	});

	it.each([1, 7, 63, 64, 65, 4096])('agrees when fed in pieces of %i bytes', (piece) => {
		const data = someBytes(10_000);
		const hash = new Sha256();
		for (let at = 0; at < data.length; at += piece) hash.update(data.subarray(at, at + piece));
		expect(hash.hex()).toBe(expected(data));
	});
});
