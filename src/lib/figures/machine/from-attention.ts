import { columnAt, softmaxSteps } from '../../analysis/linear';
import { ranked } from '../../analysis/vectors';
import { tokenGrid } from '../../engine/vit/config';
import { weightPercent } from '../../marks/numbers';
import { headPart, headRow, qkvColumn, type Part } from '../attention/rows';
import { scoredTaps } from '../attention/figure';
import { lastLayer, lastLayerNames } from '../kit/last-layer';
import { exact, num, tokenWords } from '../kit/words';
import { inBlock, KINDS, stemOf } from './cells';
import { factor, inputName, near, rowOf, tapsOf, type Origin, type Origins } from './making';
import { columnName } from './names';
import { bracketed } from './normed';
import { linearSum, sumOf, type Factor } from './sums';

/* Inside a head, and out of all heads: how each number there is made of others. */

/** Keys that are listed beside the one whose share it is: the largest scores in the sum. */
const OTHERS = 3;

const pattern: Origin = {
	taps: (config, cell) => tapsOf(config, near(cell, 'score')),
	explain(making) {
		const { cell } = making;
		const scores = rowOf(making, near(cell, 'score'));
		const { largest, powers, total, weights } = softmaxSteps(scores);
		const others = ranked(scores).filter((key) => key !== cell.column);
		const computed = weights[cell.column] ?? NaN;
		return {
			rule: 'The softmax over a query’s scores: each key gets e to the power of its score, divided by the sum over all keys.',
			formula: `e^(${num(scores[cell.column] ?? NaN)} − ${bracketed(largest)}) ÷ ${exact(total)} = ${num(powers[cell.column] ?? NaN)} ÷ ${exact(total)} = ${weightPercent(computed)}, after the query’s largest score is subtracted from all`,
			terms: [cell.column, ...others.slice(0, OTHERS)].map((column, i) => ({
				factors: [
					factor(
						making,
						near(cell, 'score', { column }),
						i === 0 ? 'its score' : `its rival: the score of ${columnName({ of: 'score', column }, making)}`
					)
				],
				adds: null
			})),
			rest: null,
			computed
		};
	}
};

const score: Origin = {
	taps: (config, { block }) => [
		...new Set([...scoredTaps(config, block), ...['query', 'key'].map((name) => inBlock(config, block, name))])
	],
	explain(making) {
		const { config, cell, tap } = making;
		const [queries, keys] = scoredTaps(config, cell.block);
		const [query, key] = [headRow(tap(queries), cell.head, cell.row), headRow(tap(keys), cell.head, cell.column)];
		const root = Math.sqrt(query.length);
		const turned = queries !== inBlock(config, cell.block, 'query');
		const adds = Float64Array.from(query, (value, i) => (value * (key[i] ?? NaN)) / root);
		const side = (of: 'query' | 'key', column: number, value: number): Factor => ({
			...factor(making, near(cell, of, { row: of === 'query' ? cell.row : cell.column, column })),
			name: `${KINDS[of][1]}, feature ${column + 1}${turned ? ', turned' : ''}`,
			value
		});
		const { terms, rest, total } = sumOf(adds, (i) => [
			side('key', i, key[i] ?? NaN),
			side('query', i, query[i] ?? NaN)
		]);
		return {
			rule: `Query and key multiplied, feature by feature, and added up; then divided by √${query.length}, the root of their length.${turned ? ' Both are turned by their places first.' : ''}`,
			formula: `q · k ÷ √${query.length} = ${num(total * root)} ÷ ${num(root)} = ${num(total)}`,
			terms,
			rest,
			computed: total
		};
	}
};

/** Query, key and value: the token’s layer norm times the columns of one matrix. */
const projected = (part: Part): Origin => ({
	taps: (config, cell) => [
		...tapsOf(config, near(cell, 'norm1')),
		`parameters.${inBlock(config, cell.block, 'qkv')}.weight`,
		...(config.qkvBias ? [`parameters.${inBlock(config, cell.block, 'qkv')}.bias`] : [])
	],
	explain(making) {
		const { config, cell, tap } = making;
		const { dim, heads, qkvBias } = config;
		const column = qkvColumn(part, cell.head, cell.column, dim, dim / heads);
		const name = `parameters.${inBlock(config, cell.block, 'qkv')}`;
		const bias = qkvBias ? (tap(`${name}.bias`).data[column] ?? NaN) : null;
		const inputs = rowOf(making, near(cell, 'norm1'));
		const sum = linearSum(inputs, columnAt(tap(`${name}.weight`).data, 3 * dim, column), bias, (i) =>
			inputName(near(cell, 'norm1', { column: i }), making)
		);
		return {
			rule: `The token after layer norm 1, multiplied by one column of the learned matrix that makes this head’s ${PLURAL[part]}.`,
			formula: `${dim} products${qkvBias ? ' and a bias' : ''}, added up: ${num(sum.total)}`,
			...sum,
			computed: sum.total
		};
	}
});

const PLURAL: Readonly<Record<Part, string>> = {
	query: /* @wc-include */ 'queries',
	key: /* @wc-include */ 'keys',
	value: /* @wc-include */ 'values'
};

const headOut: Origin = {
	taps: (config, cell) => tapsOf(config, near(cell, 'pattern'), near(cell, 'value')),
	explain(making) {
		const { config, cell, tap } = making;
		const weights = rowOf(making, near(cell, 'pattern'));
		const values = headPart(tap(inBlock(config, cell.block, 'value')), cell.head);
		const size = config.dim / config.heads;
		const adds = Float64Array.from(weights, (weight, key) => weight * (values[key * size + cell.column] ?? NaN));
		const grid = tokenGrid(config);
		const { terms, rest, total } = sumOf(adds, (key) => [
			factor(making, near(cell, 'value', { row: key }), `value of ${tokenWords(key, grid)}`),
			factor(making, near(cell, 'pattern', { column: key }), 'its share')
		]);
		return {
			rule: 'What the keys give: this feature of each key’s value, times the share that the key gets, added up.',
			formula: `${weights.length} values, each times its share, added up: ${num(total)}`,
			terms,
			rest,
			computed: total
		};
	}
};

const attended: Origin = {
	taps: (config, cell) => [
		...tapsOf(config, near(cell, 'head_out')),
		...lastLayerNames(config, stemOf(config, cell.block), 'proj')
	],
	explain(making) {
		const { config, cell, tap } = making;
		const size = config.dim / config.heads;
		const { weight, bias } = lastLayer(tap, config, stemOf(config, cell.block), 'proj');
		const outs = tap(inBlock(config, cell.block, 'attn.head_out'));
		const inputs = Float32Array.from(
			{ length: config.dim },
			(_, i) => headRow(outs, Math.floor(i / size), cell.row)[i % size] ?? NaN
		);
		const sum = linearSum(inputs, columnAt(weight, config.dim, cell.column), bias[cell.column] ?? NaN, (i) => {
			const own = near(cell, 'head_out', { head: Math.floor(i / size), column: i % size });
			return { name: `head ${own.head + 1}, ${columnName(own, making)}`, cell: own };
		});
		return {
			rule: 'The outputs of all heads side by side, multiplied by one column of the learned output matrix.',
			formula: `${config.dim} products and a bias, added up: ${num(sum.total)}`,
			...sum,
			computed: sum.total
		};
	}
};

export const ofAttention: Origins = {
	pattern,
	score,
	query: projected('query'),
	key: projected('key'),
	value: projected('value'),
	head_out: headOut,
	attended
};
