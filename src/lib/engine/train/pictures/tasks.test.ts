import { describe, expect, it } from 'vitest';
import { TASKS } from '../contract';
import { taskPictures } from './tasks';

const of = (count: number, seed = 1, heldOut = false) => ({ count, size: 32, seed, heldOut });

describe.each(TASKS)('pictures of the task %s', (task) => {
	it('are the same every time and by themselves, and others with another seed or number', () => {
		const all = taskPictures(task, of(40));
		const again = taskPictures(task, of(20));
		expect(again.at(17)).toEqual(all.at(17));
		expect(all.at(17)).toEqual(all.at(17));
		expect(taskPictures(task, of(40, 2)).at(17).pixels).not.toEqual(all.at(17).pixels);
		expect(all.at(17 + all.classes.length).pixels).not.toEqual(all.at(17).pixels);
	});

	it('are numbers of bytes from -1 to 1 that a network reads as they are', () => {
		const { pixels } = taskPictures(task, of(4)).at(3);
		expect(pixels.length).toBe(3 * 32 * 32);
		for (const value of pixels) {
			expect(Math.abs(value)).toBeLessThanOrEqual(1);
			expect(Math.abs((value + 1) * 127.5 - Math.round((value + 1) * 127.5))).toBeLessThan(1e-4);
		}
		expect(new Set(pixels).size).toBeGreaterThan(30);
	});

	it('are as many of each class, also of those held out, and no two are alike', () => {
		const sets = [taskPictures(task, of(90)), taskPictures(task, of(90, 1, true))];
		const seen = new Set<string>();
		for (const pictures of sets) {
			const counts = pictures.classes.map(() => 0);
			for (let i = 0; i < pictures.count; i++) {
				const { pixels, label } = pictures.at(i);
				counts[label] = (counts[label] ?? 0) + 1;
				seen.add(pixels.slice(0, 300).join());
			}
			expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
		}
		expect(seen.size).toBe(180);
	});

	it('can’t be told by how bright or colourful they are', () => {
		const pictures = taskPictures(task, of(900));
		const sums = pictures.classes.map(() => [0, 0, 0]);
		for (let i = 0; i < pictures.count; i++) {
			const { pixels, label } = pictures.at(i);
			for (let c = 0; c < 3; c++) {
				const plane = pixels.subarray(c * 1024, (c + 1) * 1024);
				const own = sums[label];
				if (own) own[c] = (own[c] ?? 0) + plane.reduce((a, b) => a + b, 0) / 1024;
			}
		}
		const each = pictures.count / pictures.classes.length;
		for (let c = 0; c < 3; c++) {
			const means = sums.map((own) => (own[c] ?? NaN) / each);
			expect(Math.max(...means) - Math.min(...means)).toBeLessThan(0.1);
		}
	});
});

it('a mark is looked for in its field, and mirroring would move it to another', () => {
	expect(taskPictures('position', of(1))).toMatchObject({ mirrors: false, shifts: false });
	expect(taskPictures('shape', of(1))).toMatchObject({ mirrors: true, shifts: true });
});

it('says how many pictures can be drawn', () => {
	expect(() => taskPictures('shape', of(0))).toThrow(
		'Pictures are drawn 1 to 16777215 at a time and at least 8 px wide, not 0 of 32 px; ask for as many.'
	);
});
