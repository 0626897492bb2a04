import { headInputTap, type ViTConfig } from '../../engine/vit/config';
import type { Tap } from '../figure';

/** What the head reads, at the beginning of a sentence. */
const WORDS: Record<ViTConfig['pooling'], string> = {
	cls: 'The CLS token',
	mean: 'The mean of the patches',
	'cls+mean': 'The CLS token and, behind it, the mean of the patches'
};

export const headInputWords = ({ pooling }: Pick<ViTConfig, 'pooling'>): string => WORDS[pooling];

/** All that the answer is read from, in the middle of a sentence: of two heads, what each reads. */
export function readByHeads(config: Pick<ViTConfig, 'pooling' | 'distillationHead'>): string {
	const words = headInputWords(config);
	const first = words.charAt(0).toLowerCase() + words.slice(1);
	return config.distillationHead ? `${first} and the distillation token, each by a head of its own` : first;
}

/** What the head reads, or would. @returns (d), or (2d) of CLS and the mean of the patches */
export function headInput(tap: Tap, config: ViTConfig): Float32Array {
	const { data } = tap(headInputTap(config));
	return headInputTap(config) === 'pooled' ? data : data.subarray(0, config.dim);
}
