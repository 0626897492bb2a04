import { beforeAll, describe, expect, it } from 'vitest';
import { norm } from '../../analysis/linear';
import { medianOf, rowNorms } from '../../analysis/lengths';
import { UNEVEN_CONFIG } from '../../engine/testing/small';
import { prefixTokens } from '../../engine/vit/config';
import { weightPercent } from '../../marks/numbers';
import { num } from '../kit/words';
import type { FigureRun } from '../figure';
import { madeUpRun, smallRun, type MadeUpRun } from '../kit/testing';
import { KIND_NAMES, KINDS, rowIn, valueAt, within, type Cell } from './cells';
import { cellIn, cellOf, figure, type MachineState } from './figure';
import { isLit } from './lit';
import { cellName } from './names';
import {
	besideOf,
	blocksOf,
	crumbsOf,
	insideOf,
	isSamePlace,
	landmark,
	namingOf,
	opener,
	opens,
	outOf,
	sceneOf,
	walkOn,
	walkTo,
	type Scene
} from './scene';
import { sceneWords } from './words';

let made: MadeUpRun;
let run: FigureRun;
beforeAll(async () => {
	made = await madeUpRun();
	run = smallRun(made.config, [{ index: 1, label: 'owl', score: 0.5 }]);
});

const stateOf = (change: Partial<MachineState>): MachineState => ({ ...figure.parse({}), ...change });
const scene = (change: Partial<MachineState>): Scene => sceneOf(run, stateOf(change), made.tap);

describe('the state', () => {
	it('begins with the whole model, and with CLS', () => {
		expect(figure.parse({})).toMatchObject({ view: 'model', block: 0, head: 0, token: 'cls', of: 'pattern' });
		expect(figure.parse({ view: 'number', of: 'key', token: '3' })).toMatchObject({ of: 'key', token: 3 });
	});

	it.each([[{ view: 'cell' }], [{ of: 'weights' }], [{ key: '3' }]])('refuses %o', (attributes) => {
		expect(() => figure.parse(attributes)).toThrow(Object.keys(attributes)[0]);
	});

	it('stays within the model, and counts patches without the tokens before them', () => {
		const far = stateOf({ view: 'number', of: 'key', block: 99, head: 99, row: 9999, column: 9999 });
		expect(cellOf(UNEVEN_CONFIG, far)).toEqual(within(UNEVEN_CONFIG, cellOf(UNEVEN_CONFIG, far)));
		const before = prefixTokens(made.config);
		expect(cellOf(made.config, stateOf({ of: 'pixel', token: before + 3 })).row).toBe(3);
		expect(cellOf(made.config, stateOf({ of: 'key', token: before + 3 })).row).toBe(before + 3);
	});

	it('means the row’s largest number where it names none', () => {
		const state = stateOf({ view: 'number', of: 'key', block: 1, head: 2, token: 4 });
		const cell = cellIn(made.config, state, made.tap);
		const row = rowIn(made.tap('blocks.1.key'), cell);
		expect(Math.abs(row[cell.column] ?? NaN)).toBe(Math.max(...row.map(Math.abs)));
	});

	it('leads the ledger to what is seen', () => {
		const here = (change: Partial<MachineState>) => figure.here?.(made.config, stateOf(change), null)?.name ?? null;
		expect(here({ view: 'model' })).toBeNull();
		expect(here({ view: 'block', block: 1 })).toBe('blocks.1.out');
		expect(here({ view: 'head', block: 1 })).toBe('blocks.1.attn.pattern');
		expect(here({ view: 'number', of: 'pixel' })).toBe('patches');
		expect(here({ view: 'number', of: 'stream', block: 1 })).toBe('blocks.0.out');
		expect(here({ view: 'number', of: 'stream', block: 0 })).toBe('embeddings');
	});
});

describe('the stops of the rail', () => {
	const to = (stop: string, change: Partial<MachineState> = {}) => figure.goTo?.(made.config, stateOf(change), stop);

	it('lead to their parts of the machine', () => {
		expect(to('block-1')).toMatchObject({ view: 'block', block: 1 });
		expect(to('block-1', { view: 'head' })).toMatchObject({ view: 'head', block: 1 });
		expect(to('photo')).toMatchObject({ view: 'model' });
		expect(to('patches')).toMatchObject({ view: 'number', of: 'pixel' });
		expect(to('embeddings')).toMatchObject({ view: 'number', of: 'embedding' });
		expect(to('head')).toMatchObject({ view: 'number', of: 'probability' });
	});

	it('lead out of it where the answer is not taken apart', () => {
		expect(figure.goTo?.({ ...made.config, distillationHead: true }, stateOf({}), 'head')).toBeNull();
	});
});

describe('the levels', () => {
	it('lie in each other', () => {
		expect(outOf(scene({ view: 'model' }))).toBeNull();
		expect(outOf(scene({ view: 'block' }))).toBe('model');
		expect(outOf(scene({ view: 'head' }))).toBe('block');
		expect(outOf(scene({ view: 'number', of: 'pattern' }))).toBe('head');
		expect(outOf(scene({ view: 'number', of: 'mlp' }))).toBe('block');
		expect(outOf(scene({ view: 'number', of: 'logit' }))).toBe('model');
		expect(outOf(scene({ view: 'number', of: 'stream', block: 99 }))).toBe('model');
	});

	it('are named on the way down', () => {
		const names = (change: Partial<MachineState>) =>
			crumbsOf(scene(change), (cell) => cellName(cell, namingOf(run))).map(({ name }) => name);
		expect(names({ view: 'model' })).toEqual(['Model']);
		expect(names({ view: 'number', of: 'pattern', block: 1, head: 1, row: 0, column: 6 })).toEqual([
			'Model',
			'Block 2',
			'Head 2',
			'pattern, query CLS, key row 2, column 2'
		]);
	});

	it('keep the block that was gone into, for what leaves it as for what enters', () => {
		for (const of of ['stream', 'leaving'] as const) {
			const number = scene(walkTo({ of, block: 1, row: 3 }, []));
			expect(outOf(number)).toBe('block');
			expect(number.place.block).toBe(1);
			expect(landmark('block', number)).toBe(of);
		}
		const first = scene(walkTo({ of: 'stream', block: 0, row: 3 }, []));
		expect([first.cell?.of, outOf(first), landmark('block', first), landmark('model', first)]).toEqual([
			'embedding',
			'block',
			'stream',
			'block-0'
		]);
		expect(outOf(scene(walkTo({ of: 'embedding', row: 3 }, [])))).toBe('model');
		const last = scene(walkTo({ of: 'leaving', block: 1, row: 3 }, []));
		expect(crumbsOf(last, (cell) => cellName(cell, namingOf(run))).map(({ name }) => name)).toEqual([
			'Model',
			'Block 2',
			expect.stringMatching(/^stream after block 2 of/)
		]);
		expect(last.cell && valueAt(made.tap('blocks.1.out'), last.cell)).not.toBeNaN();
	});

	it('are flown into where they lie', () => {
		const number: Partial<MachineState> = { view: 'number', of: 'key', block: 1, head: 2 };
		expect(landmark('model', scene(number))).toBe('block-1');
		expect(landmark('block', scene(number))).toBe('head-2');
		expect(landmark('head', scene(number))).toBe('key');
		expect(landmark('block', scene({ view: 'number', of: 'mlp' }))).toBe('mlp');
		expect(landmark('model', scene({ view: 'number', of: 'pixel' }))).toBe('pixel');
		expect(landmark('model', scene({ view: 'number', of: 'patch_embed' }))).toBe('embedding');
		expect(landmark('model', scene({ view: 'number', of: 'final' }))).toBe('answer');
	});

	it('are gone into one by one, down to a number', () => {
		let change: Partial<MachineState> = {};
		for (const view of ['block', 'head', 'number'] as const) {
			change = { ...change, ...insideOf(scene(change)) };
			expect(change.view).toBe(view);
		}
		expect(insideOf(scene(change))).toBeNull();
	});

	it('are one place for another block, and another for another number', () => {
		expect(isSamePlace(scene({ view: 'block', block: 0 }), scene({ view: 'block', block: 1 }))).toBe(true);
		expect(isSamePlace(scene({ view: 'block' }), scene({ view: 'head' }))).toBe(false);
		const number = { view: 'number', of: 'key' } as const;
		expect(isSamePlace(scene({ ...number, column: 0 }), scene({ ...number, column: 1 }))).toBe(false);
	});

	it('are walked along a row up to its ends', () => {
		const cell = within(made.config, { of: 'query', block: 1, head: 2, row: 3, column: 0 });
		const naming = namingOf(run);
		expect(besideOf(naming, cell, -1)).toBeNull();
		expect(besideOf(naming, cell, 1)).toEqual({ ...cell, column: 1 });
		const last = within(made.config, { ...cell, column: 9999 });
		expect(besideOf(naming, last, 1)).toBeNull();
		expect(besideOf(naming, last, -1)).toEqual({ ...last, column: last.column - 1 });
	});

	it('remember the numbers that one walked through', () => {
		const [a, b]: Cell[] = [within(made.config, { of: 'score', block: 0, head: 0, row: 1, column: 2 })].flatMap(
			(cell) => [cell, { ...cell, of: 'key' as const }]
		);
		if (!a || !b) return expect.fail();
		expect(walkOn(a, b, [])).toMatchObject({ ...b, view: 'number', trail: [a] });
	});
});

describe('a recorded run', () => {
	const walk = figure.parse({ view: 'number', of: 'pattern', block: '1' });
	const recordedIn = (change: Partial<MachineState>) => {
		const names = [...figure.taps(made.config, figure.parse({})), ...(figure.ahead?.(made.config, walk) ?? [])];
		return sceneOf({ ...run, recorded: true, kept: new Set(names) }, stateOf(change), made.tap);
	};

	it('opens only what was recorded', () => {
		const top = recordedIn({});
		expect(blocksOf(top)).toEqual([1]);
		expect(opens(top, { view: 'block', block: 0 })).toBe(false);
		expect(opener(top, () => undefined, { view: 'block', block: 0 })).toBeNull();
		expect(insideOf(top)).toBeNull();
		expect(insideOf(recordedIn({ block: 1 }))).toEqual({ view: 'block' });
		expect(outOf(recordedIn({ view: 'number', of: 'query', block: 0 }))).toBe('model');
	});

	it('has every number of the block that the prose leads to', () => {
		const block = recordedIn({ view: 'block', block: 1 });
		for (const of of KIND_NAMES.filter((kind) => KINDS[kind][0] !== 'model')) {
			for (const row of [0, 3]) expect(opens(block, walkTo({ of, block: 1, row }, [])), of).toBe(true);
		}
	});

	it('has every number outside of the blocks where the prose leads to the answer', () => {
		const names = figure.ahead?.(made.config, figure.parse({ view: 'number', of: 'probability' }));
		const end = sceneOf({ ...run, recorded: true, kept: new Set(names) }, stateOf({}), made.tap);
		for (const of of KIND_NAMES.filter((kind) => KINDS[kind][0] === 'model')) {
			for (const row of [0, 3]) expect(opens(end, walkTo({ of, row }, [])), of).toBe(true);
		}
	});

	it('is no limit where the model runs', () => {
		expect(blocksOf(scene({}))).toHaveLength(made.config.depth);
	});
});

describe('the last number of all', () => {
	const asked = { of: 'probability', block: 0, head: 0, row: 4, column: 2 } as const;

	it.each([
		['a vector', { classes: 0, scores: 'vector' }, 'final'],
		['the mean of two classifiers', { distillationHead: true }, 'final'],
		['a classifier of the mean', { pooling: 'mean' }, 'final'],
		['plain numbers', { scores: 'number' }, 'logit']
	] as const)('of a model with %s is the nearest that can be walked back from', (_, change, of) => {
		expect(within({ ...made.config, ...change }, asked).of).toBe(of);
	});

	it('is said to be that, and why', () => {
		const words = (change: object) => {
			const config = { ...made.config, ...change };
			const there = sceneOf(
				{ ...run, model: { ...run.model, config } },
				stateOf({ view: 'number', of: 'probability' }),
				made.tap
			);
			return sceneWords(there);
		};
		expect(words({ distillationHead: true })).toMatch(
			/^Last layer norm of CLS.*taken apart here: this model’s answer is read from the CLS token and the distillation token/
		);
		expect(words({ scores: 'vector' })).toContain('this model has no classifier, and its answer is a vector');
		expect(sceneWords(scene({ view: 'number', of: 'final' }))).not.toContain('taken apart here');
	});
});

describe('its words', () => {
	it('tell the stream’s length at both ends', () => {
		const lengthsOf = (name: string) => rowNorms(made.tap(name).data, made.config.dim, prefixTokens(made.config));
		const words = sceneWords(scene({ view: 'model' }));
		expect(words).toContain(`${num(medianOf(lengthsOf('embeddings')))} before the first block`);
		expect(words).toContain(`${num(medianOf(lengthsOf('blocks.1.out')))} after the last`);
		expect(words).toContain('“owl”, 50.0 %');
	});

	it('tell what a block adds to a token', () => {
		const words = sceneWords(scene({ view: 'block', block: 1, token: 3 }));
		const length = (name: string) => num(norm(rowIn(made.tap(name), { head: 0, row: 3 })));
		expect(words).toContain(`attention adds a vector ${length('blocks.1.attn.out')} long`);
		expect(words).toContain(`the feed-forward part one ${length('blocks.1.mlp.out')} long`);
	});

	it('tell where a head looks', () => {
		const row = rowIn(made.tap('blocks.1.attn.pattern'), { head: 2, row: 0 });
		expect(sceneWords(scene({ view: 'head', block: 1, head: 2 }))).toContain(
			`its largest share, ${weightPercent(Math.max(...row))}, to`
		);
	});

	it('tell what a number is', () => {
		const state = stateOf({ view: 'number', of: 'value', block: 1, head: 1, row: 6, column: 2 });
		const cell = cellIn(made.config, state, made.tap);
		const value = valueAt(made.tap('blocks.1.value'), cell);
		expect(sceneWords(sceneOf(run, state, made.tap))).toContain(
			`Value of row 2, column 2, feature 3: ${num(value)}. The token after layer norm 1`
		);
	});
});

describe('what the reader points at', () => {
	it('is lit, query, key and value together', () => {
		expect(isLit('norm', 'norm', 1)).toBe(true);
		expect(isLit('blocks.1.norm1', 'blocks.*.norm1', 1)).toBe(true);
		expect(isLit('blocks.0.norm1', 'blocks.*.norm1', 1)).toBe(false);
		for (const name of ['query', 'key', 'value']) expect(isLit(`blocks.1.${name}`, 'blocks.*.query', 1)).toBe(true);
		expect(isLit('blocks.1.query', 'blocks.*.key', 1)).toBe(false);
		expect(isLit('norm', null, 1)).toBe(false);
		expect(isLit('blocks.1.mlp.value', 'blocks.*.mlp.gate', 1)).toBe(true);
	});
});

describe('the prediction', () => {
	const sizes: Record<string, number> = {
		pixel_values: 30,
		embeddings: 20,
		'blocks.0.attn.pattern': 1500,
		'blocks.0.mlp.post_gelu': 25
	};
	const tap = (name: string) => ({ name, shape: [], axes: [], data: new Float32Array(sizes[name] ?? 0) });

	it('is answered by the run', async () => {
		expect(await figure.reveals?.['biggest']?.answer(run, tap)).toEqual({
			choice: 2,
			sentence:
				'In this run, the pixels 30, the embeddings 20, the attention weights of a block 1,500 and the hidden values 25 numbers.'
		});
	});

	it('reads what it declares', () => {
		expect(figure.reveals?.['biggest']?.taps(made.config)).toEqual(Object.keys(sizes));
		expect(figure.reveals?.['biggest']?.taps({ ...made.config, mlp: 'swiglu' })).toContain('blocks.0.mlp.gated');
	});
});
