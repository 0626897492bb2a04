import { asViT } from '../../../../src/lib/engine/families';
import type { Model } from '../../../../src/lib/engine/model';
import { named } from './named';
import { onnxSwin } from './swin';
import { onnxVit } from './vit';
import { plainWeights } from './weights';

/** A loaded model as an ONNX file. */
export async function onnxOf(model: Model): Promise<Uint8Array> {
	const { config } = model;
	if (config.family === 'swin') return onnxSwin(config, named(model));
	const vit = asViT(config);
	return onnxVit(vit, plainWeights(model, vit));
}
