import { beforeEach, describe, expect, it } from 'vitest';
import { parseEdits } from '../../engine/edits/parse';
import { planEdits } from '../../engine/edits/plan';
import { anatomyOf } from '../../engine/families';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { CHANGES } from '../../photo/changes/changes';
import { pixelsOf } from '../../photo/changes/pixels';
import { figure, isTable } from './figure';
import { guesses } from './guesses.svelte';
import { asSeen, changedPixels, seeing } from './live';
import { RECORD, rowOf } from './measured';
import { CHANGE_NAMES, changeNamed, LABELS, movedBy } from './names';
import { betterAt, kept, SIDES } from './sides';
import { measuredSentence, tableSentence } from './words';

describe('the attributes', () => {
	it('name a change or the table, and unknown ones are refused', () => {
		expect(figure.parse({})).toEqual({ change: 'shuffle-56', guess: null });
		expect(isTable(figure.parse({ change: 'all' }))).toBe(true);
		expect(['shuffle-56', 'all'].map((change) => figure.guesses?.(figure.parse({ change })))).toEqual([true, false]);
		expect(figure.parse({ guess: 'vit' }).guess).toBe('vit');
		expect(() => figure.parse({ change: 'sharpen' })).toThrow(/sharpen/);
		expect(() => figure.parse({ guess: 'both' })).toThrow(/guess/);
		expect(() => figure.parse({ head: '1' })).toThrow(/head/);
	});
});

describe('the record', () => {
	it('has a row for every change that readers are asked about, of both networks', () => {
		expect(RECORD.photos).toBe(250);
		expect(RECORD.date).toMatch(/^\d{4}-\d\d-\d\d$/);
		for (const name of CHANGE_NAMES) {
			const { cnn, vit } = rowOf(name);
			for (const { top1, changed } of [cnn, vit]) {
				expect(top1 >= 0 && top1 <= 1, name).toBe(true);
				expect(changed, name).not.toBeNull();
			}
		}
		expect(rowOf('untouched')).toMatchObject({ cnn: { changed: null }, vit: { changed: null } });
		expect(() => rowOf('sharpen')).toThrow('npm run pair');
	});

	it('is of changes that the command line knows, but two that a picture of the same size cannot show', () => {
		const others = CHANGES.map(({ name }) => name).filter((name) => !CHANGE_NAMES.includes(name));
		expect(others).toEqual(['imagenet-norm', 'small-160']);
		expect(() => changeNamed('small-160')).toThrow(/small-160/);
	});

	it('is told as it is', () => {
		for (const name of CHANGE_NAMES) {
			const { cnn, vit } = rowOf(name);
			const gap = kept(vit) - kept(cnn);
			const side = Math.abs(gap) <= 0.03 ? 'alike' : gap > 0 ? 'vit' : 'cnn';
			expect(betterAt(name), name).toBe(side);
			expect(measuredSentence(name)).toContain(`${(100 * kept(vit)).toFixed(1)} %`);
		}
	});
});

describe('the finding', () => {
	it('counts each change once, and names the two at which the networks are furthest apart', () => {
		const [total, vit, cnn, alike] = [
			...tableSentence().matchAll(/\b\d+\b(?![.\d]* %)(?= changes| better|;| they)/g)
		].map(([digits]) => Number(digits));
		expect(total).toBe(CHANGE_NAMES.length);
		expect((vit ?? NaN) + (cnn ?? NaN) + (alike ?? NaN)).toBe(total);
		const gap = (name: string) => kept(rowOf(name).vit) - kept(rowOf(name).cnn);
		const byGap = CHANGE_NAMES.toSorted((a, b) => gap(b) - gap(a));
		for (const name of [byGap[0] ?? '', byGap.at(-1) ?? '']) expect(tableSentence()).toContain(`“${LABELS[name]}”`);
	});
});

describe('guesses', () => {
	beforeEach(() => guesses.reset());

	it('are counted, and those that came true', () => {
		const [first = '', second = ''] = CHANGE_NAMES;
		guesses.make(first, betterAt(first));
		guesses.make(second, SIDES.find((side) => side !== betterAt(second)) ?? 'cnn');
		expect(guesses.score).toEqual({ made: 2, right: 1 });
		expect(guesses.of('blur')).toBeNull();
		guesses.reset();
		expect(guesses.score.made).toBe(0);
	});
});

describe('a change on the page', () => {
	const side = 32;
	const seen = {
		width: side,
		height: side,
		data: Uint8ClampedArray.from({ length: 4 * side * side }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 251))
	};
	const made = (change: string, by = 0, seed = 1) => changedPixels(seen, { change, by, seed });

	it('is that of the command line, where nothing beyond the crop is needed', async () => {
		const crop = pixelsOf(seen);
		for (const name of ['grey', 'blur', 'turn-180', 'invert', 'shuffle-16', 'half-size']) {
			const there = await changeNamed(name).apply({
				crop,
				seed: 1,
				strip: () => ({ pixels: crop, start: 0, width: side }),
				jpeg: async () => crop
			});
			expect((await made(name)).data, name).toEqual(there.data);
		}
	});

	it('moves the photo by as much as it is told, mirrored at its edge', async () => {
		const moved = await made('move-8', 3);
		const crop = pixelsOf(seen);
		expect(moved.data[0]).toBe(crop.data[3]);
		expect(moved.data[side - 1]).toBe(crop.data[side - 4]);
		expect([movedBy('move-16'), movedBy('blur')]).toEqual([16, null]);
	});

	it('depends on the seed where it is random', async () => {
		expect((await made('noise', 0, 1)).data).toEqual((await made('noise', 0, 1)).data);
		expect((await made('noise', 0, 1)).data).not.toEqual((await made('noise', 0, 2)).data);
	});

	it('is refused where it would need another size', async () => {
		const wide = { ...seen, height: side / 2, data: seen.data.slice(0, 2 * side * side) };
		await expect(changedPixels(wide, { change: 'turn-90', by: 0, seed: 1 })).rejects.toThrow('needs a square picture');
	});

	it('becomes an edit that the engine takes', async () => {
		const [height, width] = SMALL_CONFIG.imageSize;
		const pixels = { width, height, data: new Float32Array(3 * width * height).fill(0.25) };
		const edits = [seeing(pixels, SMALL_CONFIG)];
		expect(parseEdits(JSON.parse(JSON.stringify(edits)))).toEqual(edits);
		expect(() => planEdits(edits, anatomyOf(SMALL_CONFIG), () => [])).not.toThrow();
		expect(asSeen(pixels).data.length).toBe(4 * width * height);
	});
});
