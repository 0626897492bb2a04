import { currentTap } from '../../src/lib/base/renames';
import type { SwinConfig } from '../../src/lib/engine/swin/config';

/**
 * Our name for a recorded tap of a Swin. transformers reports what each stage hands on (merged, but for the last), and
 * the attention of each stage's last block.
 */
export function swinTapName(recorded: string, { stages }: SwinConfig): string {
	const [, kind, index] = /^(attentions|hidden_states)\.(\d+)$/.exec(recorded) ?? [];
	const i = Number(index);
	const lastBlock = (stage: number) => `stages.${stage}.blocks.${(stages[stage]?.depth ?? 0) - 1}`;
	if (kind === 'attentions') return `${lastBlock(i)}.attn.pattern`;
	if (recorded === 'last_hidden_state') return 'norm';
	if (kind !== 'hidden_states') return currentTap(recorded);
	if (i === 0) return 'embeddings';
	return i < stages.length ? `stages.${i - 1}.merge` : `${lastBlock(i - 1)}.out`;
}
