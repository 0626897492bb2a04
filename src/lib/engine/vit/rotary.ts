import { patchGrid } from '../config';
import { prefixTokens, tokenCount, type ViTConfig } from './config';

/** What each token's queries and keys are turned by. */
export interface Turns {
	/** (n, features of a head), row-major. */
	readonly cos: Float32Array;
	readonly sin: Float32Array;
}

/**
 * Rotary positions in two dimensions (Su et al. 2021, arXiv 2104.09864, equation 34; on a picture's grid as DINOv3 has them:
 * Siméoni et al. 2025, arXiv 2508.10104), by the rules of transformers 5.18 (`DINOv3ViTRopePositionEmbedding`) and timm
 * 1.0.29 (`rope_type='dinov3'`), which are the same.
 *
 * A patch's centre has the coordinates y and x, each from -1 to 1 across the picture, whatever its shape and size: so
 * another grid needs other angles, and nothing is interpolated. With s features a head and `j = 0 … s/4 - 1`, the angles
 * are `2 pi y / base^(4 j / s)` and then the same of x: s/2 angles, for the s/2 pairs that a feature of the first half
 * makes with the one at the same place in the second half. What the libraries shift, jitter and rescale is for training
 * alone. Tokens that stand for no patch are not turned: their angles are 0.
 * @returns cosines and sines, those of the first half repeated for the second
 */
export function turnsOf(config: ViTConfig): Turns {
	const { heads, dim, rotary } = config;
	const [n, size] = [tokenCount(config), dim / heads];
	const cos = new Float32Array(n * size).fill(1);
	const sin = new Float32Array(n * size);
	if (!rotary) return { cos, sin };
	const first = prefixTokens(config);
	for (const [patch, centre] of centres(config).entries()) {
		for (let i = 0; i < size; i++) {
			const angle = angleOf(centre, i % (size / 2), size, rotary.base);
			cos[(first + patch) * size + i] = Math.cos(angle);
			sin[(first + patch) * size + i] = Math.sin(angle);
		}
	}
	return { cos, sin };
}

type Centre = readonly [y: number, x: number];

/** The centres of all patches, row by row, from -1 to 1. */
function centres(config: ViTConfig): Centre[] {
	const { rows, columns } = patchGrid(config);
	const along = (i: number, count: number) => (2 * (i + 0.5)) / count - 1;
	return Array.from({ length: rows * columns }, (_, patch) => [
		along(Math.floor(patch / columns), rows),
		along(patch % columns, columns)
	]);
}

/** The angle of one pair of a head's features. @param pair counted from 0: those of y, then those of x */
function angleOf([y, x]: Centre, pair: number, size: number, base: number): number {
	const frequencies = size / 4;
	const coordinate = pair < frequencies ? y : x;
	return (2 * Math.PI * coordinate) / base ** ((pair % frequencies) / frequencies);
}
