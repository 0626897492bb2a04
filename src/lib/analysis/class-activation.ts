import type { TapData } from '../engine/tap';

type Rows = Pick<TapData, 'data' | 'shape'>;

/**
 * Class activation map (Zhou et al. 2016, arXiv 1512.04150, equation 2): each channel of the last map by its weight for the
 * class. Where the head is the mean over all places and a linear layer, the gradient of the logit at a place is these
 * weights over the number of places; so with it the map adds up to the logit without its bias, exactly.
 * @param map (1, n, channels), what the mean is taken of
 * @param gradient of the class's logit with respect to it, laid out alike
 * @returns one number a place, row by row, signed
 */
export function classActivation({ data, shape }: Rows, gradient: Pick<Rows, 'data'>): Float32Array {
	const [, places = 0, channels = 0] = shape;
	return Float32Array.from({ length: places }, (_, place) => {
		let sum = 0;
		for (let i = place * channels; i < (place + 1) * channels; i++) sum += (data[i] ?? 0) * (gradient.data[i] ?? 0);
		return sum;
	});
}
