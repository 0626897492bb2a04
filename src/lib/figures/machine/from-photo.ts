import { columnAt } from '../../analysis/linear';
import { has } from '../../engine/families';
import { prefixTokens, type ViTConfig } from '../../engine/vit/config';
import { patchGrid } from '../../engine/config';
import { num } from '../kit/words';
import { inputName, named, near, rowOf, type Making, type Origin, type Origins } from './making';
import { pixelAt } from './names';
import { normed, normTaps } from './normed';
import { learned, linearSum, type Explained, type Factor, type Term } from './sums';

/* From the photo to the embeddings: how each number there is made. */

/** Where a token that stands for no patch was learned; null of one that stands for one. */
function learnedAt({ cls, distilled, registers }: ViTConfig, token: number): { name: string; row: number } | null {
	const names = [
		...(cls ? [{ name: 'cls_token', row: 0 }] : []),
		...(distilled ? [{ name: 'dist_token', row: 0 }] : []),
		...Array.from({ length: registers }, (_, row) => ({ name: 'reg_tokens', row }))
	];
	const found = names[token];
	return found ? { ...found, name: `parameters.${found.name}` } : null;
}

const addsPositions = (config: ViTConfig): boolean => has(config, 'positions');
const POSITIONS = 'parameters.pos_embed';
const PRE_NORM = 'parameters.pre_norm';

/** What a token is before its position is added. */
function content(making: Making): Factor {
	const { config, cell, tap } = making;
	const own = learnedAt(config, cell.row);
	if (!own) return named(making, near(cell, 'patch_embed', { row: cell.row - prefixTokens(config) }));
	const value = tap(own.name).data[own.row * config.dim + cell.column] ?? NaN;
	return learned('the token as it was learned', value);
}

/** Token and position. */
function placed(making: Making): Omit<Explained, 'value'> {
	const { config, cell, tap } = making;
	const own = content(making);
	const at = cell.row * config.dim + cell.column;
	const position = addsPositions(config) ? [learned('its position, learned', tap(POSITIONS).data[at] ?? NaN)] : [];
	const factors = [own, ...position];
	const computed = factors.reduce((sum, { value }) => sum + value, 0);
	const from = learnedAt(config, cell.row)
		? 'Nothing of the photo yet: what was learned for this token'
		: 'The patch’s embedding';
	return {
		rule: position.length > 0 ? `${from}, and what was learned for its position.` : `${from}; no position is added.`,
		formula: `${factors.map(({ value }) => num(value)).join(' + ')} = ${num(computed)}`,
		terms: factors.map((one): Term => ({ factors: [one], adds: one.value })),
		rest: null,
		computed
	};
}

const embedding: Origin = {
	taps(config, { row }) {
		const own = learnedAt(config, row);
		return [
			own?.name ?? 'patch_embed',
			...(addsPositions(config) ? [POSITIONS] : []),
			...(config.preNorm ? ['embeddings.sum', ...normTaps(PRE_NORM)] : [])
		];
	},
	explain(making) {
		const sum = placed(making);
		const { config, cell, tap } = making;
		if (!config.preNorm) return sum;
		const row = tap('embeddings.sum').data.subarray(cell.row * config.dim, (cell.row + 1) * config.dim);
		const { formula, computed } = normed(making, row, PRE_NORM);
		return {
			...sum,
			rule: `${sum.rule} A layer norm of the whole row follows.`,
			formula,
			computed,
			terms: sum.terms.map((term) => ({ ...term, adds: null }))
		};
	}
};

const patchEmbed: Origin = {
	taps: () => ['patches', 'parameters.patch_embed.weight', 'parameters.patch_embed.bias'],
	explain(making) {
		const { config, cell, tap } = making;
		const weights = columnAt(tap('parameters.patch_embed.weight').data, config.dim, cell.column);
		const bias = tap('parameters.patch_embed.bias').data[cell.column] ?? NaN;
		const inputs = rowOf(making, near(cell, 'pixel'));
		const sum = linearSum(inputs, weights, bias, (i) => inputName(near(cell, 'pixel', { column: i }), making));
		return {
			rule: 'Every colour value of the patch, times its learned weight, added up.',
			formula: `${inputs.length} products and a bias, added up: ${num(sum.total)}`,
			...sum,
			computed: sum.total
		};
	}
};

/** Row and column of a pixel in what the model saw, from 0. */
export function pixelInPhoto(config: ViTConfig, { row, column }: Pick<Making['cell'], 'row' | 'column'>) {
	const { columns } = patchGrid(config);
	const { patchSize } = config;
	const at = pixelAt(config, column);
	return {
		channel: at.channel,
		row: Math.floor(row / columns) * patchSize + at.row,
		column: (row % columns) * patchSize + at.column
	};
}

const pixel: Origin = {
	taps: () => [],
	explain({ config, cell, seen, value }) {
		const at = pixelInPhoto(config, cell);
		const byte = seen.data[4 * (at.row * seen.width + at.column) + at.channel];
		const { rescale, mean, std } = config.preprocess;
		const [off = 0, by = 1] = [mean[at.channel], std[at.channel]];
		const where = `row ${at.row + 1}, column ${at.column + 1} of what the model saw`;
		if (byte === undefined)
			return { rule: `The photo itself, in ${where}.`, formula: num(value), terms: [], rest: null, computed: value };
		const computed = (byte * rescale - off) / by;
		return {
			rule: `The photo itself, in ${where}: here the walk ends.`,
			formula: `${byte} of 255, less ${num(off)} and divided by ${num(by)}, as training had it: (${num(byte * rescale)} − ${num(off)}) ÷ ${num(by)} = ${num(computed)}`,
			terms: [],
			rest: null,
			computed
		};
	}
};

export const ofPhoto: Origins = { embedding, patch_embed: patchEmbed, pixel };
