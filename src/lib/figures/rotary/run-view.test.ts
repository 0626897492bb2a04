import { render } from 'svelte/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIZES, timmCheckpoint } from '../../engine/testing/checkpoint';
import type { TapData } from '../../engine/tap';
import type { Tap } from '../figure';
import { madeUpRun, smallRun, type MadeUpRun } from '../kit/testing';
import { figure, madeTaps } from './figure';
import RunView from './RunView.svelte';
import { pairOf, turn } from './turn';

const NAMES = ['turned.query', 'turned.key'] as const;
const [BY_ROW, BY_COLUMN] = [0.8, 0.3];

/** The made-up model's queries and keys, of patches turned by their rows and columns; of CLS as they are. */
function turnedBy(made: TapData, name: string, columns: number): TapData {
	const data = made.data.slice();
	const [, , tokens = 0, size = 0] = made.shape;
	for (let row = 0; row * size < data.length; row++) {
		const patch = (row % tokens) - 1;
		const angle = patch < 0 ? 0 : BY_ROW * Math.floor(patch / columns) + BY_COLUMN * (patch % columns);
		const head = made.data.subarray(row * size, (row + 1) * size);
		for (let pair = 0; pair < size / 2; pair++) {
			const [x, y] = turn(pairOf(head, pair), angle);
			data[row * size + pair] = x;
			data[row * size + pair + size / 2] = y;
		}
	}
	return { ...made, name, data };
}

describe('the queries and keys of a run that turned them', () => {
	let made: MadeUpRun;
	let tap: Tap;
	beforeAll(async () => {
		made = await madeUpRun(undefined, timmCheckpoint({ ...SIZES, dim: 18 }));
		const names = madeTaps(made.config, 0);
		const turned = NAMES.map((name, i) => turnedBy(made.tap(names[i] ?? ''), name, 4));
		tap = (name) => turned.find((one) => one.name === name) ?? made.tap(name);
	});

	const body = (attributes: Record<string, string>) => {
		const state = figure.parse({ view: 'run', ...attributes });
		return render(RunView, { props: { run: smallRun(made.config), state, tap, set: () => undefined, turned: NAMES } })
			.body;
	};
	const numbers = (text: string) =>
		['data-least', 'data-most'].map((name) => Number(new RegExp(`${name}="([^"]+)"`).exec(text)?.[1]));

	it.each([
		['2 columns to the right', { token: '1', key: '3' }, 2 * BY_COLUMN, 8],
		['2 columns to the right', { token: '10', key: '12', pair: '1' }, 2 * BY_COLUMN, 8],
		['2 rows down and 1 column to the left', { token: '2', key: '9' }, 2 * BY_ROW - BY_COLUMN, 6]
	])('are turned alike wherever they stand as far apart: %s', (words, attributes, angle, pairs) => {
		const text = body(attributes);
		expect(numbers(text)).toEqual([expect.closeTo(angle, 4), expect.closeTo(angle, 4)]);
		expect(text).toContain(`all ${pairs} pairs of patches`);
		expect(text.replace(/\s+/g, ' ')).toContain(`the key ${words}`);
	});

	it('has no place for what stands for no patch', () => {
		const text = body({ token: 'cls', key: '3' });
		expect(text).toContain('has no place, and is not turned');
		expect(text).not.toMatch(/NaN|undefined/);
	});
});
