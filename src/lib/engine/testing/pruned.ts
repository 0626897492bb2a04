import type { TensorToWrite } from '../checkpoint/safetensors';
import type { Edit } from '../edits/edit';
import type { CheckpointFiles } from '../model';
import { fileOf, pixelValues, SIZES, timmCheckpoint, timmTensors } from './checkpoint';
import { swinCheckpoint, swinPixels, swinTensors, SWIN_SIZES } from './swin-checkpoint';
import { VARIANTS, variantCheckpoint, variantTensors, type Variant } from './variants';

/** A checkpoint, an edit that zeroes one head, and the same checkpoint pruned of that head. */
interface Pruned {
	readonly name: string;
	readonly files: CheckpointFiles;
	readonly without: CheckpointFiles;
	readonly edit: Edit;
	readonly pixels: Float32Array;
}

/** Without a head's share of what attention hands on: the columns of the output layer that read it are 0. */
function prune(tensors: readonly TensorToWrite[], layer: RegExp, head: number, heads: number): ArrayBuffer {
	const changed = tensors.map((tensor) => {
		if (!layer.test(tensor.name)) return tensor;
		const inputs = tensor.shape[1] ?? 0;
		const size = inputs / heads;
		return { ...tensor, data: tensor.data.map((v, i) => (Math.floor((i % inputs) / size) === head ? 0 : v)) };
	});
	return fileOf(changed);
}

/** @param heads of each block; the last of them is pruned */
const ofViT = (
	name: string,
	files: CheckpointFiles,
	tensors: readonly TensorToWrite[],
	{ heads } = SIZES,
	[tap, layer] = IN_A_BLOCK
): Pruned => ({
	name,
	files,
	without: { ...files, weights: prune(tensors, layer, heads - 1, heads) },
	edit: { tap, head: heads - 1, do: 'zero' },
	pixels: pixelValues()
});

/** What heads hand on, and the layer that reads it. */
type Where = readonly [tap: string, layer: RegExp];
const IN_A_BLOCK: Where = ['blocks.1.attn.head_out', /blocks\.1\.attn\.proj\.weight/];
const IN_THE_POOLING: Where = ['pool.attn.head_out', /attn_pool\.proj\.weight/];

const ofVariant = (variant: Variant, where?: Where): Pruned =>
	ofViT(
		`${variant.name}${where ? ', there' : ''}`,
		variantCheckpoint(variant),
		variantTensors(variant),
		variant.sizes,
		where
	);

const swinLayer = /layers\.1\.blocks\.1\.attention\.output\.dense\.weight/;

/** One of every kind of model. */
export const PRUNED: readonly Pruned[] = [
	ofViT('a plain ViT', timmCheckpoint(), timmTensors()),
	...VARIANTS.map((variant) => ofVariant(variant)),
	...VARIANTS.filter(({ pooling }) => pooling === 'map').map((variant) => ofVariant(variant, IN_THE_POOLING)),
	{
		name: 'a Swin',
		files: swinCheckpoint(),
		without: { ...swinCheckpoint(), weights: prune(swinTensors(), swinLayer, 1, SWIN_SIZES.stages[1]?.heads ?? 0) },
		edit: { tap: 'stages.1.blocks.1.attn.head_out', head: 1, do: 'zero' },
		pixels: swinPixels()
	}
];
