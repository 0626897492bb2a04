import { columnAt } from '../../analysis/linear';
import { GELUS } from '../../analysis/gelu';
import { silu } from '../../analysis/silu';
import { keeps, type ViTConfig } from '../../engine/vit/config';
import { num } from '../kit/words';
import { lastLayer, lastLayerNames } from '../kit/last-layer';
import { inBlock, stemOf, tapOf, valueAt, type Cell, type Kind } from './cells';
import { inputName, named, near, rowOf, tapsOf, type Making, type Origin, type Origins } from './making';
import { normed, normTaps } from './normed';
import { linearSum, sumOf, type Term } from './sums';

/* The residual stream, and what each block's two parts add to it. */

/** The numbers of which one of the stream is the sum: what came in, and what each part so far has added. */
function summands(config: ViTConfig, cell: Cell): Cell[] {
	const inner = cell.of === 'between';
	const blocks = Array.from({ length: cell.of === 'leaving' ? cell.block + 1 : cell.block }, (_, block) => block);
	const all = [
		near(cell, 'embedding'),
		...blocks.flatMap((block) => [near(cell, 'attended', { block }), near(cell, 'mlp', { block })]),
		...(inner ? [near(cell, 'attended')] : [])
	];
	return keeps(config, 'residuals') ? all : all.slice(-1);
}

const stream: Origin = {
	taps: (config, cell) => tapsOf(config, ...summands(config, cell)),
	explain(making) {
		const { config, cell, tap } = making;
		const cells = summands(config, cell);
		const adds = cells.map((own) => valueAt(tap(tapOf(config, own)), own));
		const start = cells.findIndex(({ of }) => of === 'embedding');
		const strongest = strongestOf('attended', cells, adds);
		const kept = [...new Set([start, strongest])].filter((i) => i >= 0);
		const term = (i: number) => [named(making, cells[i] ?? cell)].map((one) => withBlock(one, cells[i] ?? cell));
		const always = kept.map((i): Term => ({ factors: term(i), adds: adds[i] ?? NaN }));
		const others = cells.map((_, i) => i).filter((i) => !kept.includes(i));
		const sum = sumOf(
			others.map((i) => adds[i] ?? NaN),
			(i) => term(others[i] ?? 0),
			always
		);
		return {
			rule: keeps(config, 'residuals')
				? 'The token’s embedding, and all that attention and the feed-forward part of each block so far have added to this feature.'
				: 'What the part before it gives: this network was grown without residuals.',
			formula: `${cells.length} numbers added up: ${num(sum.total)}`,
			...sum,
			computed: sum.total
		};
	}
};

/** Which of the numbers of a kind is the largest by its size; -1 where there is none. */
function strongestOf(of: Kind, cells: readonly Cell[], adds: readonly number[]): number {
	const size = (i: number) => Math.abs(adds[i] ?? 0);
	return cells.reduce((best, cell, i) => (cell.of === of && (best < 0 || size(i) > size(best)) ? i : best), -1);
}

const withBlock = <Own extends { readonly name: string }>(own: Own, { of, block }: Cell): Own => {
	const part = of === 'attended' ? /* @wc-include */ 'attention' : /* @wc-include */ 'feed-forward';
	return of === 'embedding'
		? { ...own, name: /* @wc-include */ 'embedding' }
		: { ...own, name: `${part} of block ${block + 1}` };
};

/** A layer norm of a row of the stream. */
const normOf = (from: (cell: Cell) => Cell, name: (config: ViTConfig, cell: Cell) => string | null): Origin => ({
	taps(config, cell) {
		const own = name(config, cell);
		return [...tapsOf(config, from(cell)), ...(own === null ? [] : normTaps(own))];
	},
	explain(making) {
		const { config, cell } = making;
		const source = from(cell);
		const own = name(config, cell);
		const row = rowOf(making, source);
		const value = row[cell.column] ?? NaN;
		const what =
			own === null
				? { rule: 'There is no layer norm here: the stream as it is.', formula: num(value), computed: value }
				: {
						rule: 'The same feature of the stream, brought to the scale of its row: layer norm looks at one token alone.',
						...normed(making, row, own)
					};
		return { ...what, terms: [{ factors: [named(making, source)], adds: null }], rest: null };
	}
});

const inBlockNorm =
	(name: 'norm1' | 'norm2') =>
	(config: ViTConfig, { block }: Cell) =>
		keeps(config, 'norms') ? `parameters.${inBlock(config, block, name)}` : null;

const entering = (cell: Cell): Cell => near(cell, cell.block === 0 ? 'embedding' : 'stream');

/** The column of the first layer's weights that makes a hidden value; with a gate, its second half makes the values. */
function firstLayer({ config, cell, tap }: Making, gate: boolean) {
	const { mlp, mlpDim } = config;
	const width = mlp === 'gelu' ? mlpDim : 2 * mlpDim;
	const column = cell.column + (mlp === 'gelu' || gate ? 0 : mlpDim);
	const name = `parameters.${inBlock(config, cell.block, 'fc1')}`;
	return {
		weights: columnAt(tap(`${name}.weight`).data, width, column),
		bias: tap(`${name}.bias`).data[column] ?? NaN
	};
}

const hidden: Origin = {
	taps: (config, cell) => [
		...tapsOf(config, near(cell, 'norm2')),
		...['weight', 'bias'].map((of) => `parameters.${inBlock(config, cell.block, 'fc1')}.${of}`)
	],
	explain(making) {
		const { config, cell } = making;
		const inputs = rowOf(making, near(cell, 'norm2'));
		const before = (gate: boolean) => {
			const { weights, bias } = firstLayer(making, gate);
			return linearSum(inputs, weights, bias, (i) => inputName(near(cell, 'norm2', { column: i }), making));
		};
		const sum = before(false);
		if (config.mlp === 'gelu') {
			const computed = GELUS[config.gelu](sum.total);
			const rule = 'The token after layer norm 2, times one column of the first layer; GELU keeps what is positive.';
			return { rule, formula: `GELU(${num(sum.total)}) = ${num(computed)}`, ...sum, computed };
		}
		const gate = before(true).total;
		const computed = silu(gate) * sum.total;
		const rule = 'The token after layer norm 2, times one column of the first layer, let through by a gate of its own.';
		return { rule, formula: `SiLU(${num(gate)}) × ${num(sum.total)} = ${num(computed)}`, ...sum, computed };
	}
};

const mlp: Origin = {
	taps: (config, cell) => [
		...tapsOf(config, near(cell, 'hidden')),
		...lastLayerNames(config, stemOf(config, cell.block), 'fc2')
	],
	explain(making) {
		const { config, cell, tap } = making;
		const { weight, bias } = lastLayer(tap, config, stemOf(config, cell.block), 'fc2');
		const inputs = rowOf(making, near(cell, 'hidden'));
		const sum = linearSum(inputs, columnAt(weight, config.dim, cell.column), bias[cell.column] ?? NaN, (i) =>
			inputName(near(cell, 'hidden', { column: i }), making)
		);
		return {
			rule: 'All hidden values of the token, multiplied by one column of the second layer.',
			formula: `${inputs.length} products and a bias, added up: ${num(sum.total)}`,
			...sum,
			computed: sum.total
		};
	}
};

export const ofStream: Origins = {
	stream,
	between: stream,
	leaving: stream,
	norm1: normOf(entering, inBlockNorm('norm1')),
	norm2: normOf((cell) => near(cell, 'between'), inBlockNorm('norm2')),
	final: normOf(
		(cell) => near(cell, 'stream', { block: Number.MAX_SAFE_INTEGER }),
		({ finalNorm }) => (finalNorm === 'tokens' ? 'parameters.norm' : null)
	),
	hidden,
	mlp
};
