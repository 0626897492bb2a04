import type { Padding } from './convolution';

// Apart from the convolutions, so that whoever only counts pixels does not load tfjs.

/** How many zeros are laid above, or to the left of, a map. @param side of the map, in places */
export function zerosBefore(side: number, kernel: number, stride: number, padding: Padding): number {
	if (padding === 'symmetric') return (kernel - 1) / 2;
	return Math.floor(Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side) / 2);
}
