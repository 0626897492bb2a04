import { describe, expect, it } from 'vitest';
import { NAMES } from '../../src/lib/figures/guess/names.ts';
import { asViT } from '../../src/lib/engine/families.ts';
import { SMALL_CONFIG } from '../../src/lib/engine/testing/small.ts';
import { commandFor, namedTrials, printedTried, recordOf } from './guess-record.ts';
import type { Tried } from './try-all.ts';

const row = (name: string, top1: number) => ({ name, photos: 250, top1, top5: 1, changed: 0.5 });
const TRIED: Tried = {
	rows: [row('untouched', 0.788), row('turn-180', 0.58412)],
	measures: [{ name: 'outlier', photos: 250, unit: 'times', value: 28.01234, uniform: null }]
};

it('every name of the page can be measured', async () => {
	const { trials, measures } = await namedTrials({ ...asViT(SMALL_CONFIG), cls: true }, NAMES);
	expect(trials.length + measures.length).toBe(NAMES.length - 1);
	await expect(namedTrials(SMALL_CONFIG, ['no-such'])).rejects.toThrow(/called "no-such"/);
});

it('each has the command that measures it alone', async () => {
	const rest = async (name: string) => (await commandFor(name)).replace('npm run eval -- --model DIR --photos DIR', '');
	expect(await rest('untouched')).toBe('');
	expect(await rest('turn-180')).toBe(' --change turn-180');
	expect(await rest('attended-most')).toBe(' --remove attended-most');
	expect(await rest('distance')).toBe(' --measure distance');
	expect(await rest('cls-zero')).toBe(' --edits scripts/edits');
	expect(await rest('block-8-skipped')).toBe(' --edits scripts/edits/blocks');
	expect(await rest('block-3-head-1-zeroed')).toBe(' --edits scripts/edits/heads');
});

describe('the record', () => {
	it('has each value with its photos, date and command', async () => {
		const about = { model: 'M', date: '2026-11-29' };
		const { model, values } = await recordOf(TRIED, ['untouched', 'turn-180', 'outlier'], about);
		expect(model).toBe('M');
		expect(values['turn-180']).toEqual({
			value: 0.5841,
			unit: 'share',
			photos: 250,
			date: '2026-11-29',
			command: 'npm run eval -- --model DIR --photos DIR --change turn-180'
		});
		expect(values['outlier']).toMatchObject({ value: 28.01, unit: 'times' });
		await expect(recordOf(TRIED, ['centre'], about)).rejects.toThrow(/"centre" was not measured/);
	});

	it('is taken from what was printed', () => {
		const a = JSON.stringify({ rows: TRIED.rows, measures: [] });
		const b = JSON.stringify({ rows: [], measures: TRIED.measures });
		expect(printedTried({ a: `250 photos\n${a}\n`, b })).toEqual(TRIED);
		for (const text of ['', 'no', '{}', '{"rows":[]}'])
			expect(() => printedTried({ x: text })).toThrow(/^x is not what npm run eval prints/);
	});
});
