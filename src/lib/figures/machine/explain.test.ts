import { beforeAll, describe, expect, it } from 'vitest';
import { prefixTokens } from '../../engine/vit/config';
import { EVERY_KIND } from '../../engine/testing/kinds';
import type { FigureRun, Tap } from '../figure';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { hasKind, KIND_NAMES, originOf, rowIn, tapOf, within, type Cell } from './cells';
import { explain, explainedTaps } from './explain';
import { pixelInPhoto } from './from-photo';
import type { Naming } from './names';
import type { Explained } from './sums';

/** Clicks from any number to the photo, from parent to parent, and with the door to the patch that a token began as. */
const CLICKS = { parents: 12, door: 8 };

/** Rounding of sums of some hundred products of single precision, as a share of the row's largest number. */
const TOLERANCE = 1e-4;

const namingOf = (config: MadeUpRun['config']): Naming => ({ config, outputs: [] });

/** Some numbers of every kind that a model has: first, middle and last of each axis. */
function someCells(config: MadeUpRun['config']): Cell[] {
	const far = Number.MAX_SAFE_INTEGER;
	const corners = [0, 7, far].map((at) => ({ block: at === 7 ? 1 : at, head: at, row: at, column: at }));
	return KIND_NAMES.filter((of) => hasKind(config, of)).flatMap((of) =>
		corners.map((corner) => within(config, { of, ...corner }))
	);
}

/** Gives only what was declared. */
const only =
	(names: readonly string[], tap: Tap): Tap =>
	(name) => {
		expect(names, `reads ${name}`).toContain(name);
		return tap(name);
	};

describe.each(EVERY_KIND)('in %s', (_, files) => {
	let made: MadeUpRun;
	let seen: FigureRun['seen'];
	beforeAll(async () => {
		made = await madeUpRun(undefined, files);
		// What the made-up model saw are no bytes: pixels stand for themselves.
		seen = { width: 1, height: 1, data: new Uint8ClampedArray(0) };
	});

	const of = (cell: Cell): Explained => {
		const { config, tap } = made;
		return explain(namingOf(config), only(explainedTaps(config, cell), tap), seen, cell);
	};

	it('every number is what its formula makes of the run’s own numbers, and each part is the run’s', () => {
		for (const cell of someCells(made.config)) {
			const { value, computed, terms, rest, formula, rule } = of(cell);
			const where = JSON.stringify(cell);
			const row = rowIn(made.tap(tapOf(made.config, cell)), cell);
			const largest = Math.max(...row.map(Math.abs), 1e-3);
			expect(value, where).toBe(row[cell.column]);
			expect(Math.abs(computed - value), where).toBeLessThan(TOLERANCE * largest);
			expect(`${formula} ${rule}`, where).not.toMatch(/NaN|undefined|Infinity/);
			for (const { factors, adds } of terms) {
				for (const { cell: from, value: own } of factors) {
					if (!from) continue;
					expect(from, where).toEqual(within(made.config, from));
					const tap = made.tap(tapOf(made.config, from));
					// Queries and keys that are turned by their places stand for what they are turned from.
					const isTurned = cell.of === 'score' && made.config.rotary !== null;
					if (!isTurned) expect(own, where).toBe(rowIn(tap, from)[from.column]);
				}
				if (adds === null) continue;
				const root = cell.of === 'score' ? Math.sqrt(made.config.dim / made.config.heads) : 1;
				const product = factors.reduce((all, factor) => all * factor.value, 1) / root;
				expect(adds, where).toBeCloseTo(product, 5);
			}
			// What is left out of the list is counted, so that the list adds up.
			if (rest) expect(rest.count, where).toBeGreaterThan(0);
		}
	});

	const DOORS = {
		'its parents alone': { most: CLICKS.parents, offered: (cell: Cell) => parentsOf(cell) },
		'the patch that it began as': { most: CLICKS.door, offered: (cell: Cell) => [...parentsOf(cell), ...doorOf(cell)] }
	};

	it.each(Object.entries(DOORS))(
		'a walk from any number to the photo by %s takes few clicks, unless there is nothing of the photo in it',
		(_, { most, offered }) => {
			for (const start of someCells(made.config)) {
				const clicks = clicksFrom(start, most, offered);
				const where = JSON.stringify(start);
				if (isOnlyLearned(start)) expect(clicks, where).toBe(Infinity);
				else expect(clicks, where).toBeLessThanOrEqual(most);
			}
		}
	);

	/** Before the first block has looked at the patches, the tokens before them are as they were learned. */
	function isOnlyLearned({ of, block, row, column }: Cell): boolean {
		const before = prefixTokens(made.config);
		if (of === 'embedding') return row < before;
		if (block > 0 || row >= before) return false;
		return ['norm1', 'query', 'key', 'value'].includes(of) || (of === 'score' && column < before);
	}

	/** Where a number stands: of a token's numbers of one kind any stands for all, or there would be too many to walk. */
	const placeOf = ({ of, block, row, column }: Cell): string =>
		[of, block, row, ...(of === 'score' || of === 'pattern' ? [column] : [])].join();

	/** Breadth first, over what is offered at each number. */
	function clicksFrom(start: Cell, most: number, offered: (cell: Cell) => Cell[]): number {
		const known = new Set([placeOf(start)]);
		let ring = [start];
		for (let clicks = 0; clicks <= most && ring.length > 0; clicks++) {
			if (ring.some((cell) => cell.of === 'pixel')) return clicks;
			ring = ring.flatMap(offered).filter((cell) => {
				const isNew = !known.has(placeOf(cell));
				known.add(placeOf(cell));
				return isNew;
			});
		}
		return Infinity;
	}

	function parentsOf(cell: Cell): Cell[] {
		return of(cell).terms.flatMap(({ factors }) => factors.flatMap((factor) => factor.cell ?? []));
	}

	function doorOf(cell: Cell): Cell[] {
		const origin = originOf(made.config, cell);
		return origin ? [origin] : [];
	}
});

it('a pixel’s place in its patch is its place in the photo', async () => {
	const { config, tap } = await madeUpRun();
	const pixels = tap('pixel_values');
	const [, , height = 0, width = 0] = pixels.shape;
	for (const cell of someCells(config).filter(({ of }) => of === 'pixel')) {
		const { channel, row, column } = pixelInPhoto(config, cell);
		const value = rowIn(tap('patches'), cell)[cell.column];
		expect(pixels.data[(channel * height + row) * width + column]).toBe(value);
	}
});

it('a pixel is the photo’s byte, as training had it', async () => {
	const { config, tap } = await madeUpRun();
	const cell = within(config, { of: 'pixel', block: 0, head: 0, row: 0, column: 0 });
	const [height, width] = config.imageSize;
	const seen = { width, height, data: new Uint8ClampedArray(4 * width * height).fill(51) };
	const { computed, formula } = explain(namingOf(config), tap, seen, cell);
	const { rescale, mean, std } = config.preprocess;
	expect(computed).toBeCloseTo((51 * rescale - mean[0]) / std[0], 9);
	expect(formula).toContain('51 of 255');
});
