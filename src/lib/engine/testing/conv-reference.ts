import type { PlainTensor } from './plain-safetensors';

/** A map: the values of each channel, row by row. */
interface PlainMap {
	readonly channels: readonly (readonly number[])[];
	readonly rows: number;
	readonly columns: number;
}

type Bend = (value: number) => number;
const relu: Bend = (value) => Math.max(value, 0);
const relu6: Bend = (value) => Math.min(Math.max(value, 0), 6);
const straight: Bend = (value) => value;

/**
 * The logits of a CNN under timm's names (1.0.29), in plain float64 loops: slow, and written without a look at the
 * engine's. Batch norm comes after each convolution and is not folded into it. What the network is, its tensors tell:
 * a deep stem or a plain one, basic blocks or bottlenecks, the mean of 2 x 2 before a shortcut's convolution; or
 * MobileNetV2. Zeros lie on both sides of a map.
 * @param pixels (1, 3, height, width)
 */
export function convReferenceLogits(
	stored: ReadonlyMap<string, PlainTensor>,
	pixels: Float32Array,
	[rows, columns]: readonly [height: number, width: number]
): number[] {
	const area = rows * columns;
	const channels = [0, 1, 2].map((c) => [...pixels.subarray(c * area, (c + 1) * area)]);
	const network = new PlainCnn(stored);
	const image = { channels, rows, columns };
	return stored.has('conv_stem.weight') ? network.mobileNet(image) : network.resNet(image);
}

class PlainCnn {
	constructor(private readonly stored: ReadonlyMap<string, PlainTensor>) {}

	/** He et al. 2016, arXiv 1512.03385; the deep stem and the mean in the shortcut are He et al. 2018, arXiv 1812.01187. */
	resNet(image: PlainMap): number[] {
		let x = this.stored.has('conv1.weight')
			? this.#layer(image, 'conv1', 'bn1', 2, relu)
			: this.#layer(this.#layer(this.#deep(image, 0, 2), 'conv1.3', 'conv1.4', 1, relu), 'conv1.6', 'bn1', 1, relu);
		x = pooled(x, { from: -1, side: 3 }, (values) => Math.max(...values));
		for (let s = 1; this.#has(`layer${s}.0`); s++) {
			for (let b = 0; this.#has(`layer${s}.${b}`); b++) {
				x = this.#residual(x, `layer${s}.${b}`, s > 1 && b === 0 ? 2 : 1);
			}
		}
		return this.#linear('fc', x);
	}

	/** Sandler et al. 2018, arXiv 1801.04381. */
	mobileNet(image: PlainMap): number[] {
		let x = this.#layer(image, 'conv_stem', 'bn1', 2, relu6);
		x = this.#layer(x, 'blocks.0.0.conv_dw', 'blocks.0.0.bn1', 1, relu6);
		x = this.#layer(x, 'blocks.0.0.conv_pw', 'blocks.0.0.bn2', 1, straight);
		for (const [s, stride] of [1, 2, 2, 2, 1, 2, 1].entries()) {
			for (let b = 0; s > 0 && this.#has(`blocks.${s}.${b}`); b++) {
				x = this.#inverted(x, `blocks.${s}.${b}`, b === 0 ? stride : 1);
			}
		}
		return this.#linear('classifier', this.#layer(x, 'conv_head', 'bn2', 1, relu6));
	}

	#deep(image: PlainMap, at: number, stride: number): PlainMap {
		return this.#layer(image, `conv1.${at}`, `conv1.${at + 1}`, stride, relu);
	}

	#residual(x: PlainMap, name: string, stride: number): PlainMap {
		const isBottleneck = this.stored.has(`${name}.conv3.weight`);
		const [first, second] = isBottleneck ? [1, stride] : [stride, 1];
		let made = this.#layer(x, `${name}.conv1`, `${name}.bn1`, first, relu);
		made = this.#layer(made, `${name}.conv2`, `${name}.bn2`, second, isBottleneck ? relu : straight);
		if (isBottleneck) made = this.#layer(made, `${name}.conv3`, `${name}.bn3`, 1, straight);
		return bent(sum(made, this.#shortcut(x, `${name}.downsample`, stride)), relu);
	}

	#shortcut(x: PlainMap, name: string, stride: number): PlainMap {
		if (this.stored.has(`${name}.0.weight`)) return this.#layer(x, `${name}.0`, `${name}.1`, stride, straight);
		if (!this.stored.has(`${name}.1.weight`)) return x;
		const halved = stride === 1 ? x : pooled(x, { from: 0, side: 2 }, average);
		return this.#layer(halved, `${name}.1`, `${name}.2`, 1, straight);
	}

	#inverted(x: PlainMap, name: string, stride: number): PlainMap {
		let made = this.#layer(x, `${name}.conv_pw`, `${name}.bn1`, 1, relu6);
		made = this.#layer(made, `${name}.conv_dw`, `${name}.bn2`, stride, relu6);
		made = this.#layer(made, `${name}.conv_pwl`, `${name}.bn3`, 1, straight);
		return stride === 1 && made.channels.length === x.channels.length ? sum(made, x) : made;
	}

	/** A convolution, its norm, and what bends the values. */
	#layer(x: PlainMap, conv: string, norm: string, stride: number, bend: Bend): PlainMap {
		const made = convolved(x, this.#tensor(`${conv}.weight`), stride);
		const [scale, offset, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
			(part) => this.#tensor(`${norm}.${part}`).values
		);
		const channels = made.channels.map((values, c) => {
			const deviation = Math.sqrt((variance?.[c] ?? NaN) + 1e-5);
			const normed = (value: number) => ((value - (mean?.[c] ?? NaN)) / deviation) * (scale?.[c] ?? NaN);
			return values.map((value) => bend(normed(value) + (offset?.[c] ?? NaN)));
		});
		return { ...made, channels };
	}

	/** The mean of each channel, then the classifier. */
	#linear(name: string, x: PlainMap): number[] {
		const means = x.channels.map(average);
		const { values } = this.#tensor(`${name}.weight`);
		return this.#tensor(`${name}.bias`).values.map((bias, k) =>
			means.reduce((total, mean, c) => total + mean * (values[k * means.length + c] ?? NaN), bias)
		);
	}

	#has(block: string): boolean {
		return [...this.stored.keys()].some((name) => name.startsWith(`${block}.`));
	}

	#tensor(name: string): PlainTensor {
		const tensor = this.stored.get(name);
		if (!tensor) throw new Error(`No ${name}`);
		return tensor;
	}
}

/** With zeros around, so that a stride of 1 keeps the size. Each output reads as many channels as its weights have. */
function convolved(x: PlainMap, { shape, values }: PlainTensor, stride: number): PlainMap {
	const [outputs = 0, inputs = 0, side = 1] = shape;
	const perGroup = outputs / (x.channels.length / inputs);
	const around = (side - 1) / 2;
	const [rows, columns] = [Math.ceil(x.rows / stride), Math.ceil(x.columns / stride)];
	const at = (o: number, place: number) => {
		const [top, left] = [Math.floor(place / columns) * stride - around, (place % columns) * stride - around];
		let total = 0;
		for (let i = 0; i < inputs; i++) {
			const channel = x.channels[Math.floor(o / perGroup) * inputs + i] ?? [];
			for (const { value, dy, dx } of windowOf({ ...x, channel }, top, left, side)) {
				total += value * (values[((o * inputs + i) * side + dy) * side + dx] ?? NaN);
			}
		}
		return total;
	};
	const channels = Array.from({ length: outputs }, (_, o) =>
		Array.from({ length: rows * columns }, (__, place) => at(o, place))
	);
	return { channels, rows, columns };
}

/** One number of each window, every second place: of those of its values that lie in the map. */
function pooled(
	x: PlainMap,
	{ from, side }: { from: number; side: number },
	of: (values: readonly number[]) => number
): PlainMap {
	const [rows, columns] = [Math.ceil(x.rows / 2), Math.ceil(x.columns / 2)];
	const channels = x.channels.map((channel) =>
		Array.from({ length: rows * columns }, (_, place) => {
			const [top, left] = [Math.floor(place / columns) * 2 + from, (place % columns) * 2 + from];
			return of(windowOf({ ...x, channel }, top, left, side).map(({ value }) => value));
		})
	);
	return { channels, rows, columns };
}

/** The values of a window that lie in the map, and where in the window. */
function windowOf(
	{ channel, rows, columns }: { channel: readonly number[]; rows: number; columns: number },
	top: number,
	left: number,
	side: number
) {
	return Array.from({ length: side * side }, (_, i) => ({ dy: Math.floor(i / side), dx: i % side })).flatMap(
		({ dy, dx }) => {
			const [y, x] = [top + dy, left + dx];
			if (y < 0 || x < 0 || y >= rows || x >= columns) return [];
			return [{ value: channel[y * columns + x] ?? NaN, dy, dx }];
		}
	);
}

const average = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

const bent = (x: PlainMap, bend: Bend): PlainMap => ({
	...x,
	channels: x.channels.map((channel) => channel.map(bend))
});

const sum = (a: PlainMap, b: PlainMap): PlainMap => ({
	...a,
	channels: a.channels.map((channel, c) => channel.map((value, i) => value + (b.channels[c]?.[i] ?? NaN)))
});
