import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TensorToWrite } from '../../src/lib/engine/checkpoint/safetensors.ts';
import { fileOf, timmConfig, timmTensors, type Sizes } from '../../src/lib/engine/testing/checkpoint.ts';
import { swinConfig, swinTensors, type SwinSizes } from '../../src/lib/engine/testing/swin-checkpoint.ts';

/** ViT-B/16 (Dosovitskiy et al. 2020, table 1). */
const VIT_B: Sizes = { image: 224, patch: 16, channels: 3, depth: 12, heads: 12, dim: 768, mlp: 3072, classes: 1000 };

/** DINO's ViT-S/8 (Caron et al. 2021, table 1), with classes: of the small ones, that with the most tokens. */
const VIT_S8: Sizes = { image: 224, patch: 8, channels: 3, depth: 12, heads: 6, dim: 384, mlp: 1536, classes: 1000 };

/** Swin-T (Liu et al. 2021, section 3.3). */
const SWIN_T: SwinSizes = {
	image: [224, 224],
	patch: 4,
	channels: 3,
	dim: 96,
	stages: [
		{ depth: 2, heads: 3, window: 7, mlp: 384 },
		{ depth: 2, heads: 6, window: 7, mlp: 768 },
		{ depth: 6, heads: 12, window: 7, mlp: 1536 },
		{ depth: 2, heads: 24, window: 7, mlp: 3072 }
	],
	classes: 1000,
	eps: 1e-5,
	qkvBias: true,
	absolutePositions: false
};

interface MadeUp {
	readonly config: () => unknown;
	readonly tensors: () => readonly TensorToWrite[];
}

/** Models of the usual sizes whose numbers are made up: as much work as real ones, and no download. */
const MADE_UP: Readonly<Record<string, MadeUp>> = {
	'vit-b': { config: () => timmConfig(VIT_B), tensors: () => timmTensors(VIT_B) },
	'vit-s8': { config: () => timmConfig(VIT_S8), tensors: () => timmTensors(VIT_S8) },
	'swin-t': { config: () => swinConfig(SWIN_T), tensors: () => swinTensors(SWIN_T) }
};

export const MADE_UP_NAMES = Object.keys(MADE_UP);

/**
 * Writes a made-up model, where it is not there already.
 * @param folder that models are written into, each into one of its own
 * @returns the model's folder; null for a name that is not among {@link MADE_UP_NAMES}
 */
export function madeUpModel(name: string, folder: string): string | null {
	const made = MADE_UP[name];
	if (!made) return null;
	const own = join(folder, name);
	const weights = join(own, 'model.safetensors');
	if (existsSync(weights)) return own;
	mkdirSync(own, { recursive: true });
	writeFileSync(join(own, 'config.json'), JSON.stringify(made.config()));
	// Whoever stops it half-way leaves no file that is taken for a whole one.
	const part = `${weights}.part`;
	writeFileSync(part, new Uint8Array(fileOf(made.tensors().map(tamed))));
	renameSync(part, weights);
	return own;
}

/** Weights divided by the root of their inputs' number, so that the numbers neither grow from layer to layer nor vanish. */
function tamed(tensor: TensorToWrite): TensorToWrite {
	const { shape, data } = tensor;
	if (shape.length < 2 || !(data instanceof Float32Array)) return tensor;
	const inputs = shape.slice(1).reduce((a, b) => a * b, 1);
	return { ...tensor, data: data.map((value) => value / Math.sqrt(inputs)) };
}
