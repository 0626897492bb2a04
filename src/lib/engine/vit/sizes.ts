import { PatchworkError } from '../../base/errors';
import { prefixTokens, type PositionsConfig, type ViTConfig } from './config';
import { counted } from '../checkpoint/agree';
import { bad, shapeWithAxes, type ShapeOf } from '../checkpoint/fields';
import type { CheckpointNames } from './names';
import type { LayerNames } from '../checkpoint/layer-names';

/** What the weights' shapes tell by themselves. */
export type WeightSizes = Pick<
	ViTConfig,
	| 'dim'
	| 'channels'
	| 'patchSize'
	| 'depth'
	| 'mlp'
	| 'mlpDim'
	| 'preNorm'
	| 'qkvBias'
	| 'classes'
	| 'cls'
	| 'distilled'
	| 'distillationHead'
	| 'registers'
	| 'layerScale'
	| 'finalNorm'
	| 'poolMlpDim'
	| 'projectionDim'
	| 'projectionBias'
> & {
	/** How many numbers the head reads; 0 without one. */
	readonly headInputs: number;
};

/** @throws PatchworkError `checkpoint` for a weight that must be there and is not, or has other axes; `config` */
export function sizesFromWeights(names: CheckpointNames, shapeOf: ShapeOf): WeightSizes {
	const has = (name: string) => shapeOf(name) !== undefined;
	const hasLayer = ({ weight }: LayerNames) => weight.every(has);
	const [dim = 0, channels = 0, patchSize = 0] = shapeWithAxes(shapeOf, firstOf(names.patchEmbed), 4);
	if (channels !== 3) throw bad(`is for pictures of ${counted('channel')(channels)}, and photos have 3`);
	if (dim === 0 || patchSize === 0) throw noSize(firstOf(names.patchEmbed));
	let depth = 0;
	while (hasLayer(names.block(depth).norm1)) depth++;
	const block = names.block(0);
	const [classes = 0, headInputs = 0] = hasLayer(names.head) ? shapeWithAxes(shapeOf, firstOf(names.head), 2) : [];
	const [, registers = 0] = has(names.registers) ? shapeWithAxes(shapeOf, names.registers, 3) : [];
	const qkvBias = block.qkvBias.filter((name) => name !== null);
	const { projection, pool } = names;
	const projects = projection !== null && hasLayer(projection) && !hasLayer(names.head);
	return {
		dim,
		channels,
		patchSize,
		depth,
		...feedForward(block.fc1, block.fc2, shapeOf),
		preNorm: names.preNorm !== null && hasLayer(names.preNorm),
		qkvBias: qkvBias.length > 0 && qkvBias.every(has),
		classes,
		headInputs,
		cls: has(names.clsToken),
		distilled: has(names.distToken),
		distillationHead: has(names.distToken) && hasLayer(names.head) && hasLayer(names.distHead),
		registers,
		layerScale: has(block.scale1),
		finalNorm: names.pooledNorm && hasLayer(names.pooledNorm) ? 'pooled' : 'tokens',
		poolMlpDim: pool ? (shapeOf(firstOf(pool.fc1))?.[0] ?? 0) : 0,
		projectionDim: projects ? (shapeWithAxes(shapeOf, firstOf(projection), 2)[0] ?? 0) : 0,
		projectionBias: projects && projection.bias.every(has)
	};
}

/** A gate shows in the first layer being twice as wide as what the second one reads. */
function feedForward(fc1: LayerNames, fc2: LayerNames, shapeOf: ShapeOf): Pick<ViTConfig, 'mlp' | 'mlpDim'> {
	const widths = fc1.weight.map((name) => shapeWithAxes(shapeOf, name, 2)[0] ?? 0);
	const [, mlpDim = 0] = shapeWithAxes(shapeOf, firstOf(fc2), 2);
	if (mlpDim === 0) throw noSize(firstOf(fc2));
	const width = widths.reduce((sum, one) => sum + one, 0);
	return { mlp: width === 2 * mlpDim ? 'swiglu' : 'gelu', mlpDim };
}

/**
 * For which grid of patches the positions were learned, and how many tokens before the patches have one.
 * @param grid that of the configuration: taken where it fits, for a grid need not be square
 * @param patchesOnly whether the configuration says that the tokens before the patches have none, if it says anything
 * @throws PatchworkError `checkpoint` when the number of positions fits no grid
 */
export function positionsFromWeights(
	names: CheckpointNames,
	shapeOf: ShapeOf,
	sizes: WeightSizes,
	grid: readonly [rows: number, columns: number],
	patchesOnly: boolean | undefined
): Pick<PositionsConfig, 'grid' | 'prefix'> {
	if (names.posEmbed === null) return { grid, prefix: 0 };
	const shape = shapeWithAxes(shapeOf, names.posEmbed, names.batchAxes ? 3 : 2);
	const count = shape.at(-2) ?? 0;
	// transformers gives positions to CLS and the distillation token, timm to all that stand before the patches or to none.
	const before = names.naming === 'timm' ? prefixTokens(sizes) : prefixTokens({ ...sizes, registers: 0 });
	const choices = patchesOnly === undefined && names.naming === 'timm' ? [before, 0] : [patchesOnly ? 0 : before];
	for (const prefix of choices) if (count - prefix === grid[0] * grid[1]) return { grid, prefix };
	for (const prefix of choices) {
		const side = Math.sqrt(count - prefix);
		if (side > 0 && Number.isInteger(side)) return { grid: [side, side], prefix };
	}
	throw new PatchworkError(
		'checkpoint',
		`The weight '${names.posEmbed}' has the shape [${shape.join(', ')}], which is no grid of patches. Choose another model.`
	);
}

function firstOf(layer: LayerNames): string {
	return layer.weight[0] ?? '';
}

function noSize(name: string): PatchworkError {
	return new PatchworkError(
		'checkpoint',
		`The weight '${name}' holds nothing, so the file is damaged or unfinished. Choose another model.`
	);
}
