import { expect, it } from 'vitest';
import { convolve, ONE, type Windows } from './convolution';
import { convolveInWasm } from './convolution-wasm';
import { uniform } from '../base/shuffled';
import { formulaPicture } from './testing/formula-picture';

/**
 * Windows over `size` pixels, one after the other, the last at the end. Their weights go from -1 to 2, so that some sums
 * leave a byte.
 */
function windows(random: () => number, count: number, size: number): Windows {
	const stride = Math.min(7, size);
	const last = count - 1;
	const counts = Int32Array.from({ length: count }, (_, i) =>
		i === last ? stride : 1 + Math.floor(random() * stride)
	);
	const starts = counts.map((_, i) => Math.floor(((size - stride) * i) / Math.max(1, last)));
	const weights = Int32Array.from({ length: count * stride }, () => Math.floor((random() * 3 - 1) * (ONE / stride)));
	return { starts, counts, weights, stride };
}

it('gives the same bytes with and without WebAssembly, whatever the windows and the bands', () => {
	const random = uniform(7);
	for (let i = 0; i < 200; i++) {
		const [width, height] = [1 + Math.floor(random() * 40), 1 + Math.floor(random() * 30)] as const;
		const [across, down] = [windows(random, 1 + (i % 23), width), windows(random, 1 + (i % 19), height)];
		const bandRows = 1 + Math.floor(random() * height);
		const [plain, fast] = [convolve, convolveInWasm].map((how) =>
			how(formulaPicture([width, height]), across, down, bandRows)
		);
		expect(fast).toEqual(plain);
		expect(fast).toHaveLength(across.starts.length * down.starts.length * 4);
	}
});

it('says that it cannot where there is no memory for it', () => {
	const one = windows(uniform(1), 1, 1);
	const wide = { ...formulaPicture([1, 1]), width: 2 ** 31 };
	expect(convolveInWasm(wide, one, one, 1)).toBeNull();
	expect(convolveInWasm(formulaPicture([1, 1]), one, one, 1)).toHaveLength(4);
});
