import { describe, expect, it } from 'vitest';
import { mapWords } from './says';

const photo = (id: string, ...cls: number[]) => ({
	id,
	title: id.toUpperCase(),
	cls: Float32Array.from(cls),
	pixels: new Float32Array(1)
});
const photos = [photo('a', 1, 0, 0), photo('b', 1, 0.1, 0), photo('c', 0.2, 1, 1)];
const at = (...xs: number[]) => ({ places: xs.map((x, i) => ({ id: 'abc'.charAt(i), x, y: 0 })) });

describe('whether the nearest photo is the nearest on the map', () => {
	it('is told by cosine and by the distance on the map', () => {
		expect(mapWords(photos, 'a', 'cls', at(0, 1, 2))).toMatch(/“A” is “B”, by all numbers and on the map alike/);
		expect(mapWords(photos, 'a', 'cls', at(0, -2, 1))).toMatch(/“A” is “B” by all numbers, but “C” on the map/);
	});

	it('waits for two that are laid out', () => {
		expect(mapWords(photos, 'a', 'cls', at(0, 1))).toBe('');
		expect(mapWords(photos, 'z', 'cls', at(0, 1, 2))).toBe('');
	});
});
