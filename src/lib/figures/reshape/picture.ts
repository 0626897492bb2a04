import type { CommonConfig } from '../../engine/config';
import type { Reduction } from '../../engine/einops/check';
import { rearrange, reduce, type Tensor } from '../../engine/einops/apply';
import { colourTable, DIVERGING } from '../../marks/colour';
import { position } from '../../marks/raster';
import { elementsOf, type Elements } from './elements';
import type { Working } from './playground';
import type { Source } from './presets';

/** The tensor that a pattern works on, with the colour of each element. */
export interface SourcePicture {
	readonly tensor: Tensor;
	readonly colours: Uint32Array;
	/** The channel of each element of a photo; null for what has none. */
	readonly channelOf: ChannelOf | null;
	readonly note: string;
}

/** The elements of a plan with their values and colours, before a reduction and after it. */
export interface Picture extends Elements {
	readonly input: Tensor;
	readonly output: Tensor;
	readonly before: Uint32Array;
	readonly after: Uint32Array;
	/** What the colours of the output mean, where they are no longer the photo's own. */
	readonly note: string;
}

type ChannelOf = (input: number) => number;

/** How much of a channel's brightness the other two colours get, so that three channels side by side look like one. */
const WHITE = 0.5;

/** The tensor of a source. The engine keeps queries apart by head; here they lie as they were made. */
export function tensorOf(source: Source, { data, shape }: Tensor): Tensor {
	return source === 'queries' ? rearrange({ data, shape }, '1 h n d -> n (h d)') : { data, shape };
}

/** Colours a source's elements. @param stored its tap */
export function sourcePicture(source: Source, stored: Tensor, config: CommonConfig): SourcePicture {
	const tensor = tensorOf(source, stored);
	if (source !== 'photo') return { tensor, colours: paintSigned(tensor.data), channelOf: null, note: SIGNED };
	const channelOf = channelReader(tensor.shape);
	const colours = new Uint32Array(tensor.data.length);
	for (let i = 0; i < colours.length; i++) {
		const channel = channelOf(i);
		colours[i] = tint(brightness(tensor.data[i] ?? 0, channel, config), channel);
	}
	return { tensor, colours, channelOf, note: '' };
}

/** Carries a working pattern out, and colours every element. */
export function pictureOf({ plan, request, reduction }: Working, source: SourcePicture, config: CommonConfig): Picture {
	const input = source.tensor;
	const elements = elementsOf(plan);
	const before = elements.inputs.map((i) => source.colours[i] ?? 0);
	if (plan.operation !== 'reduce') {
		const output = { data: valuesAt(elements, input, plan.outShape), shape: plan.outShape };
		return { ...elements, input, output, before, after: before, note: source.note };
	}
	const output = reduce(input, request.pattern, reduction, request.sizes);
	if (!source.channelOf || !AVERAGING.includes(reduction)) {
		return { ...elements, input, output, before, after: paintRange(elements.outputs, output.data), note: RANGE };
	}
	const kept = plan.inGroups[1]?.every((axis) => plan.axes[axis]?.role === 'kept');
	const after = paintReduced(elements, output.data, kept ? source.channelOf : null, config);
	return { ...elements, input, output, before, after, note: source.note };
}

/** Reductions whose results lie in the range of the photo's own values. */
const AVERAGING: readonly Reduction[] = ['mean', 'max', 'min'];
const SIGNED = 'Colours: blue below zero, red above; white is zero, and the ends are the largest magnitude.';
const RANGE = 'Colours: from the output’s smallest value, black, to its largest, white.';

function channelReader([, channels = 1, height = 1, width = 1]: readonly number[]): ChannelOf {
	return (input) => Math.floor(input / (height * width)) % channels;
}

/** The output's values without a reduction: each element's own. */
function valuesAt({ inputs, outputs }: Elements, input: Tensor, shape: readonly number[]): Float32Array {
	const data = new Float32Array(shape.reduce((size, length) => size * length, 1));
	for (let i = 0; i < outputs.length; i++) data[outputs[i] ?? 0] = input.data[inputs[i] ?? 0] ?? NaN;
	return data;
}

/** Elements that fell on one another look alike: as what became of them. Without a channel they are grey. */
function paintReduced(
	{ inputs, outputs }: Elements,
	values: Float32Array,
	channelOf: ChannelOf | null,
	config: CommonConfig
): Uint32Array {
	return outputs.map((i, element) => {
		const channel = channelOf ? channelOf(inputs[element] ?? 0) : null;
		return tint(brightness(values[i] ?? 0, channel ?? 0, config), channel);
	});
}

/** Undoes the normalisation, so that the photo looks like itself; in [0, 1]. */
function brightness(value: number, channel: number, { preprocess }: CommonConfig): number {
	const { mean, std, rescale } = preprocess;
	const byte = (value * (std[channel] ?? 1) + (mean[channel] ?? 0)) / rescale;
	return Math.min(1, Math.max(0, byte / 255));
}

/** Red, green or blue for the first three channels; grey for any other, and for none. */
function tint(brightness: number, channel: number | null): number {
	const full = Math.round(255 * brightness);
	const faint = Math.round(255 * brightness * WHITE);
	const own = (c: number) => (channel === null || channel > 2 || channel === c ? full : faint);
	return pixel(own(0), own(1), own(2));
}

function paintSigned(values: Float32Array): Uint32Array {
	const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
	const table = colourTable(DIVERGING);
	const colours = new Uint32Array(values.length);
	for (let i = 0; i < colours.length; i++) colours[i] = fromTable(table, position(values[i] ?? 0, [-most, most]));
	return colours;
}

function paintRange(at: Uint32Array, values: Float32Array): Uint32Array {
	const least = values.reduce((a, b) => Math.min(a, b), Infinity);
	const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
	const table = colourTable('greys');
	return at.map((i) => fromTable(table, position(values[i] ?? 0, [least, most])));
}

function fromTable(table: Uint8ClampedArray, t: number): number {
	const entry = 4 * Math.round(t * (table.length / 4 - 1));
	return pixel(table[entry] ?? 0, table[entry + 1] ?? 0, table[entry + 2] ?? 0);
}

/** RGBA in memory order, on the little-endian machines that browsers run on. */
export const pixel = (red: number, green: number, blue: number) =>
	(0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;

/** Whether two tensors hold the same numbers in axes of the same lengths; axes of length 1 don't count. */
export function isSame(a: Tensor, b: Tensor): boolean {
	const long = ({ shape }: Tensor) => String(shape.filter((length) => length !== 1));
	return long(a) === long(b) && a.data.every((value, i) => value === b.data[i]);
}

/** How much of its colour an element keeps that does not stand out. */
const FADED = 0.3;

/** Colours in which only the elements of one row of the output stand out: the rest is mixed into the ground. */
export function fade(colours: Uint32Array, { outputs }: Elements, row: Row, ground: number): Uint32Array {
	const parts = [0, 8, 16].map((shift) => (1 - FADED) * ((ground >> shift) & 255));
	const mixed = (colour: number, shift: number) =>
		Math.round(FADED * ((colour >> shift) & 255) + (parts[shift / 8] ?? 0));
	const faded = colours.slice();
	for (let i = 0; i < faded.length; i++) {
		const place = outputs[i] ?? 0;
		const colour = faded[i] ?? 0;
		if (place < row.start || place >= row.end) faded[i] = pixel(mixed(colour, 0), mixed(colour, 8), mixed(colour, 16));
	}
	return faded;
}

/** A stretch of the output, row-major. */
export interface Row {
	readonly start: number;
	readonly end: number;
}
