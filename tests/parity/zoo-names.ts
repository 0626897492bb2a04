import { isViT, type ModelConfig } from '../../src/lib/engine/families';
import { headInputTap } from '../../src/lib/engine/vit/config';
import { tapName } from './compare';

/**
 * Our name for what the zoo records: CLIP's norm before its blocks, and its projection, which timm calls its head, have
 * others. Null for what the head reads where that is the first token, and so no tap of its own.
 */
export function zooTap(recorded: string, config: ModelConfig): string | null {
	if (!isViT(config)) return tapName(recorded);
	if (recorded === 'before_norm_pre') return 'embeddings.sum';
	if (recorded === 'norm_pre') return 'embeddings';
	if (recorded === 'pooled' && headInputTap(config) === 'norm') return null;
	return recorded === 'logits' && config.projectionDim > 0 ? 'image_embeds' : tapName(recorded);
}
