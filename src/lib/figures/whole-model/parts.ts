import { prefixTokens, type ViTConfig } from '../../engine/vit/config';
import { parameterSpecs } from '../../engine/families';

/** A part of the model, and how many parameters it has. */
export interface Part {
	readonly id: 'patch-embed' | 'cls' | 'positions' | 'attention' | 'mlp' | 'norms' | 'pooling' | 'head' | 'projection';
	readonly label: string;
	/** The CSS token of the idea's colour. */
	readonly colour: string;
	readonly parameters: number;
}

const PARTS: readonly (Omit<Part, 'parameters'> & { readonly names: RegExp })[] = [
	{ id: 'patch-embed', label: 'Patch embedding', colour: '--accent', names: /^parameters\.patch_embed\./ },
	{ id: 'cls', label: 'CLS token', colour: '--cls', names: /^parameters\.(cls|dist)_token$|^parameters\.reg_tokens$/ },
	{ id: 'positions', label: 'Positions', colour: '--accent', names: /^parameters\.pos_embed$/ },
	{
		id: 'attention',
		label: 'Attention, all blocks',
		colour: '--query',
		names: /blocks\.\d+\.(qkv\.|proj\.|layer_scale1$)/
	},
	{ id: 'mlp', label: 'Feed-forward, all blocks', colour: '--mlp', names: /blocks\.\d+\.(fc[12]\.|layer_scale2$)/ },
	{
		id: 'norms',
		label: 'Layer norms',
		colour: '--residual',
		names: /^parameters\.(blocks\.\d+\.)?(norm[12]?|pre_norm|pooled_norm)\./
	},
	{ id: 'pooling', label: 'Pooling', colour: '--query', names: /^parameters\.pool\./ },
	{ id: 'head', label: 'Classifier', colour: '--cls', names: /^parameters\.head(_dist)?\./ },
	{ id: 'projection', label: 'Projection', colour: '--cls', names: /^parameters\.visual_projection\./ }
];

/** Parts that only some models have, and that are not told of the others. */
const RARE: readonly Part['id'][] = ['cls', 'pooling', 'projection'];

const labelOfPrefix = (config: ViTConfig) =>
	config.cls && prefixTokens(config) === 1 ? 'CLS token' : 'Tokens before the patches';

/** The parameters of a model by the part that they belong to, in the order of the forward pass. */
export function partsOf(config: ViTConfig): Part[] {
	const [rows, columns] = config.positions.grid;
	// As they were learned: for another input, positions are interpolated, which makes no parameters.
	const specs = parameterSpecs({ ...config, imageSize: [rows * config.patchSize, columns * config.patchSize] });
	const parts = PARTS.filter(({ id, names }) => !RARE.includes(id) || specs.some(({ name }) => names.test(name)));
	return parts.map(({ names, ...part }) => ({
		...part,
		...(part.id === 'cls' && { label: labelOfPrefix(config) }),
		parameters: specs
			.filter(({ name }) => names.test(name))
			.reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0)
	}));
}
