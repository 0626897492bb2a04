import type { TensorToWrite } from '../checkpoint/safetensors';
import type { Edit } from '../edits/edit';
import type { CheckpointFiles } from '../model';
import { fileOf, pixelValues, SIZES, timmCheckpoint, timmTensors } from './checkpoint';
import { swinCheckpoint, swinPixels, swinTensors, SWIN_SIZES } from './swin-checkpoint';
import { VARIANTS, variantCheckpoint, variantTensors } from './variants';

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

const ofViT = (name: string, files: CheckpointFiles, tensors: readonly TensorToWrite[]): Pruned => ({
	name,
	files,
	without: { ...files, weights: prune(tensors, /blocks\.1\.attn\.proj\.weight/, 2, SIZES.heads) },
	edit: { tap: 'blocks.1.attn.head_out', head: 2, do: 'zero' },
	pixels: pixelValues()
});

const swinLayer = /layers\.1\.blocks\.1\.attention\.output\.dense\.weight/;

/** One of every kind of model. */
export const PRUNED: readonly Pruned[] = [
	ofViT('a plain ViT', timmCheckpoint(), timmTensors()),
	...VARIANTS.map((variant) => ofViT(variant.name, variantCheckpoint(variant), variantTensors(variant))),
	{
		name: 'a Swin',
		files: swinCheckpoint(),
		without: { ...swinCheckpoint(), weights: prune(swinTensors(), swinLayer, 1, SWIN_SIZES.stages[1]?.heads ?? 0) },
		edit: { tap: 'stages.1.blocks.1.attn.head_out', head: 1, do: 'zero' },
		pixels: swinPixels()
	}
];
