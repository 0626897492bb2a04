import { describe, expect, it } from 'vitest';
import { UNEVEN_CONFIG } from '../../engine/testing/small';
import { readBundled } from '../../models/bundled.server';
import { tapSpecs } from '../../engine/families';
import type { FigureRun } from '../figure';
import { flowOf, isLit, shapeText, thumbnailOf } from './flow';
import { headRows } from './head-table';
import { partsOf } from './parts';
import { blockOf, figure } from './figure';

const { config, parameters } = readBundled('static/models/patchwork-t');

describe('the state', () => {
	it('is what the attributes say', () => {
		expect(figure.parse({})).toEqual({ view: 'flow', block: 0 });
		expect(figure.parse({ view: 'head', block: '3' })).toEqual({ view: 'head', block: 3 });
	});

	it.each([[{ view: 'heads' }], [{ block: '-1' }], [{ block: 'x' }], [{ blok: '1' }]])('refuses %o', (attributes) => {
		expect(() => figure.parse(attributes)).toThrow(Object.keys(attributes)[0]);
	});

	it('stays within the model', () => {
		expect(blockOf(UNEVEN_CONFIG, { block: 99 })).toBe(UNEVEN_CONFIG.depth - 1);
		expect(blockOf(UNEVEN_CONFIG, figure.parse({ block: 'last' }))).toBe(UNEVEN_CONFIG.depth - 1);
	});

	it('asks for what it draws', () => {
		expect(figure.taps(UNEVEN_CONFIG, { view: 'parts', block: 0 })).toEqual([]);
		expect(figure.taps(UNEVEN_CONFIG, { view: 'head', block: 0 })).toEqual(['norm', 'logits', 'probabilities']);
		const all = figure.taps(UNEVEN_CONFIG, { view: 'flow', block: 1 });
		expect(all).toEqual(tapSpecs(UNEVEN_CONFIG).flatMap(({ name }) => (name.startsWith('blocks.0') ? [] : [name])));
	});
});

describe('the flow', () => {
	it('is three functions', () => {
		expect(flowOf(UNEVEN_CONFIG, 1).map(({ id, taps }) => [id, taps.length])).toEqual([
			['embed', 4],
			['block', 14],
			['head', 3]
		]);
	});

	it('lights up what is pointed at, and query, key and value together', () => {
		const lit = (pointed: string) =>
			tapSpecs(UNEVEN_CONFIG).flatMap(({ name }) => (isLit(name, pointed, 1) ? [name] : []));
		expect(lit('norm')).toEqual(['norm']);
		expect(lit('blocks.*.norm1')).toEqual(['blocks.1.norm1']);
		expect(lit('blocks.*.query')).toEqual(['blocks.1.query', 'blocks.1.key', 'blocks.1.value']);
		expect(lit('blocks.*.key')).toEqual(['blocks.1.key']);
		expect(isLit('norm', null, 1)).toBe(false);
		const gated = tapSpecs({ ...UNEVEN_CONFIG, mlp: 'swiglu' }).map(({ name }) => name);
		expect(gated.filter((name) => isLit(name, 'blocks.*.mlp.gate', 1))).toEqual([
			'blocks.1.mlp.gate',
			'blocks.1.mlp.value'
		]);
	});

	it('draws the first matrix of a tap', () => {
		const data = Float32Array.from([1, -3, 2, 0, 9, 9, 9, 9]);
		const { values, ...rest } = thumbnailOf({ data, shape: [1, 2, 2, 2] });
		expect([...values]).toEqual([1, -3, 2, 0]);
		expect(rest).toEqual({ rows: 2, columns: 2, signed: true, domain: [-3, 3] });
		expect(thumbnailOf({ data: Float32Array.from([1, 4]), shape: [1, 2] }).domain).toEqual([1, 4]);
		const classes = thumbnailOf({ data: new Float32Array(1000), shape: [1, 1000] });
		expect([classes.rows, classes.columns]).toEqual([25, 40]);
		expect(shapeText([1, 5, 25, 4])).toBe('5 × 25 × 4');
	});

	it('leave out rows and columns of a large matrix, but not their range', () => {
		const data = Float32Array.from({ length: 3 * 600 }, (_, i) => i);
		const { values, ...rest } = thumbnailOf({ data, shape: [1, 3, 600] });
		expect(rest).toEqual({ rows: 3, columns: 200, signed: false, domain: [0, 1799] });
		expect([...values.slice(0, 3), values[200], values[599]]).toEqual([0, 3, 6, 600, 1797]);
		const tall = thumbnailOf({ data, shape: [1, 600, 3] });
		expect([tall.rows, tall.columns, tall.values[3]]).toEqual([200, 3, 9]);
	});
});

describe('softmax', () => {
	it('makes probabilities of logits, largest first, among all classes', () => {
		const { rows, sum } = headRows(Float32Array.from([0, Math.log(4), Math.log(2), 0]), 'softmax', 2);
		expect(rows.map(({ index }) => index)).toEqual([1, 2]);
		expect(sum).toBeCloseTo(2, 6);
		expect(rows.map(({ exponential }) => exponential)[1]).toBeCloseTo(0.5, 6);
		expect(rows[0]?.score).toBeCloseTo(0.5, 6);
		expect(rows[1]?.score).toBeCloseTo(0.25, 6);
	});
});

describe('a head without a softmax', () => {
	const logits = Float32Array.of(-2, Math.log(3), 0);

	it('makes a probability of each logit by itself', () => {
		const { rows, sum } = headRows(logits, 'sigmoid', 5);
		expect(rows.map(({ index }) => index)).toEqual([1, 2, 0]);
		expect(sum).toBeNull();
		expect(rows[0]).toMatchObject({ exponential: expect.closeTo(1 / 3, 6), score: expect.closeTo(0.75, 6) });
	});

	it('leaves numbers as they are, in their order', () => {
		const { rows, sum } = headRows(logits, 'number', 2);
		expect(sum).toBeNull();
		expect(rows.map(({ index, score, exponential }) => [index, score, exponential])).toEqual([
			[0, -2, null],
			[1, expect.closeTo(Math.log(3), 6), null]
		]);
	});
});

describe('the parts', () => {
	it('have all parameters between them', () => {
		const sum = partsOf(config).reduce((total, part) => total + part.parameters, 0);
		expect(sum).toBe(parameters);
	});
});

describe('the prediction', () => {
	const run = { model: { config } } as FigureRun;
	const sizes: Record<string, number> = {
		pixel_values: 30,
		embeddings: 20,
		'blocks.0.attn.pattern': 1500,
		'blocks.0.mlp.pre_gelu': 25
	};
	const tap = (name: string) => ({ name, shape: [], axes: [], data: new Float32Array(sizes[name] ?? 0) });

	it('is answered by the run', async () => {
		const verdict = await figure.reveals?.biggest?.answer(run, tap);
		expect(verdict).toEqual({
			choice: 2,
			sentence:
				'In this run, the pixels 30, the embeddings 20, the attention weights of a block 1,500 and the hidden values 25 numbers.'
		});
	});

	it('reads what it declares', () => {
		expect(figure.reveals?.biggest?.taps(config)).toEqual(Object.keys(sizes));
		expect(figure.reveals?.biggest?.taps({ ...config, mlp: 'swiglu' })).toContain('blocks.0.mlp.gate');
	});
});
