import { floatsToHalves, halvesToFloats } from '../checkpoint/half';
import { readSafetensors, toFloat32, writeSafetensors, type TensorToWrite } from '../checkpoint/safetensors';
import type { CheckpointFiles } from '../model';

/** Sizes of a made-up Vision Transformer; odd on purpose, so that nothing can rely on multiples of four. */
export const SIZES = { image: 20, patch: 5, channels: 3, depth: 2, heads: 3, dim: 15, mlp: 22, classes: 7 };
export type Sizes = typeof SIZES;

/** A small deterministic generator (mulberry32), for numbers in [-1, 1). */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
	};
}

/** The tensors of a made-up checkpoint, under timm's names, big enough that a swapped or skipped one shows. */
export function timmTensors(sizes: Sizes = SIZES): TensorToWrite[] {
	const { image, patch, channels, depth, dim, mlp, classes } = sizes;
	const next = random(7);
	const tensor = (name: string, shape: number[], scale = 0.4, around = 0): TensorToWrite => ({
		name,
		shape,
		data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => around + scale * next())
	});
	const layer = (name: string, outputs: number, inputs: number) => [
		tensor(`${name}.weight`, [outputs, inputs]),
		tensor(`${name}.bias`, [outputs])
	];
	const norm = (name: string) => [tensor(`${name}.weight`, [dim], 0.3, 1), tensor(`${name}.bias`, [dim])];
	const block = (i: number) => [
		...norm(`blocks.${i}.norm1`),
		...layer(`blocks.${i}.attn.qkv`, 3 * dim, dim),
		...layer(`blocks.${i}.attn.proj`, dim, dim),
		...norm(`blocks.${i}.norm2`),
		...layer(`blocks.${i}.mlp.fc1`, mlp, dim),
		...layer(`blocks.${i}.mlp.fc2`, dim, mlp)
	];
	return [
		tensor('cls_token', [1, 1, dim]),
		tensor('pos_embed', [1, 1 + (image / patch) ** 2, dim]),
		tensor('patch_embed.proj.weight', [dim, channels, patch, patch]),
		tensor('patch_embed.proj.bias', [dim]),
		...Array.from({ length: depth }, (_, i) => block(i)).flat(),
		...norm('norm'),
		...layer('head', classes, dim)
	];
}

export function timmConfig({ image, heads, classes }: Sizes = SIZES): Record<string, unknown> {
	return {
		architecture: 'vit_made_up',
		num_classes: classes,
		model_args: { img_size: image, num_heads: heads },
		pretrained_cfg: {
			input_size: [3, image, image],
			interpolation: 'bicubic',
			crop_pct: 0.9,
			mean: [0.5, 0.5, 0.5],
			std: [0.5, 0.5, 0.5]
		}
	};
}

/** The bytes of a safetensors file, in a buffer of their own. */
export function fileOf(tensors: readonly TensorToWrite[]): ArrayBuffer {
	return new Uint8Array(writeSafetensors(tensors)).buffer;
}

/** A weights file with all numbers rounded to float16: once stored as such, and once as the float32 of the same value. */
export function roundedToHalves(file: ArrayBuffer): { halves: ArrayBuffer; floats: ArrayBuffer } {
	const tensors = [...readSafetensors(file).values()].map((tensor) => ({
		...tensor,
		data: floatsToHalves(toFloat32(tensor))
	}));
	return {
		halves: new Uint8Array(writeSafetensors(tensors)).buffer,
		floats: fileOf(tensors.map((tensor) => ({ ...tensor, data: halvesToFloats(tensor.data) })))
	};
}

/** A whole made-up checkpoint. */
export function timmCheckpoint(sizes: Sizes = SIZES): CheckpointFiles {
	return { config: timmConfig(sizes), preprocessor: null, weights: fileOf(timmTensors(sizes)) };
}

/** A made-up input: (1, channels, image, image). */
export function pixelValues({ image, channels }: Sizes = SIZES): Float32Array {
	const next = random(3);
	return Float32Array.from({ length: channels * image * image }, next);
}
