import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../../engine/train/contract';
import { RECIPE, TESTS } from '../../engine/train/presets';
import { lookedAt, readGrowing, readLooks, rightAt } from './growing';
import { linesOf, sentenceOf } from './growing-words';

const grown = readGrowing(JSON.parse(readFileSync('static/recorded/growing.json', 'utf8')));
const bytes = readFileSync('static/recorded/growing.f16');
const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
const tests = Array.from({ length: RECIPE.steps / TESTS.every }, (_, i) => (i + 1) * TESTS.every);

describe('what was recorded of networks that grow', () => {
	it.each([...TASKS.map((task) => ({ task, change: 'none' }) as const), { task: 'shape', change: 'teacher' } as const])(
		'has every line of $task, changed by $change, at each test',
		(state) => {
			for (const { label, curve } of [...linesOf(grown, state), ...linesOf(grown, { ...state, change: 'positions' })]) {
				expect(curve.map(([step]) => step), label).toEqual(tests);
				expect(curve.every(([, share]) => share >= 0 && share <= 1)).toBe(true);
			}
		}
	);

	it('has what both looked like before the first step and after each test', () => {
		expect(grown.looks.steps).toEqual([0, ...tests]);
		const looks = readLooks(grown, halves);
		expect(looks).toHaveLength(tests.length + 1);
		for (const { vit, cnn } of looks) {
			// A position is like itself, and each head gives no more than all that it has to the patches.
			expect(vit.positions?.[0]).toBeCloseTo(1, 2);
			for (const maps of vit.attention ?? [])
				for (let head = 0; head < 4; head++) {
					const given = maps.subarray(64 * head, 64 * (head + 1)).reduce((sum, share) => sum + share, 0);
					expect(given).toBeGreaterThan(0);
					expect(given).toBeLessThanOrEqual(1.01);
				}
			expect(cnn.filters.some((weight) => weight !== 0)).toBe(true);
		}
		expect(looks[0]?.vit.filters).not.toEqual(looks.at(-1)?.vit.filters);
		expect(lookedAt(grown).map(({ rgba }) => rgba.length)).toEqual(Array(4).fill(4 * 32 * 32));
	});

	it('is refused where the files are others', () => {
		expect(() => readGrowing({ tasks: {} })).toThrow('none');
		expect(() => readLooks(grown, halves.subarray(1))).toThrow('none');
	});
});

describe('the sentence', () => {
	it('says what each named right at the last test until then', () => {
		const [first] = linesOf(grown, { task: 'shape', change: 'none' });
		const share = rightAt(first?.curve ?? [], 110);
		expect(share).toBe(first?.curve.find(([step]) => step === 100)?.[1]);
		expect(sentenceOf(grown, { task: 'shape', change: 'none' }, 110)).toContain(
			`ViT ${(100 * (share ?? NaN)).toFixed(1)} %; CNN`
		);
	});

	it('has nothing to tell before the first step but chance', () => {
		expect(sentenceOf(grown, { task: 'position', change: 'positions' }, 0)).toContain('Guessing would name 11.1 % right');
	});
});
