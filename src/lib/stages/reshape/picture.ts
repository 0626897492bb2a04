import type { ModelConfig } from '../../engine/config';
import { rearrange, reduce, type Tensor } from '../../engine/einops/apply';
import { colourTable, DIVERGING } from '../../marks/colour';
import { position } from '../../marks/raster';
import type { Tap } from '../../lesson/stage';
import { elementsOf, type Elements } from './elements';
import type { Working } from './playground';
import { SOURCE_TAPS, type Source } from './presets';
import type { State } from './stage';

/** The elements of a plan with their values and colours, before a reduction and after it. */
export interface Picture extends Elements {
	readonly input: Tensor;
	readonly output: Tensor;
	readonly before: Uint32Array;
	readonly after: Uint32Array;
	/** What the colours of the output mean, where they are no longer the photo's own. */
	readonly note: string;
}

/** How much of a channel's brightness the other two colours get, so that three channels side by side look like one. */
const WHITE = 0.5;

/** The tensor of a source, from its tap. The engine keeps queries apart by head; here they lie as they were made. */
export function tensorOf(source: Source, tap: Tap): Tensor {
	const { data, shape } = tap(SOURCE_TAPS[source]);
	return source === 'queries' ? rearrange({ data, shape }, '1 h n d -> n (h d)') : { data, shape };
}

/** Carries a working pattern out, and colours every element. */
export function pictureOf(state: State, working: Working, source: Source, tap: Tap, config: ModelConfig): Picture {
	const { plan, request } = working;
	const input = tensorOf(source, tap);
	const elements = elementsOf(plan);
	const reduces = state.operation === 'reduce';
	const output = reduces
		? reduce(input, state.pattern, state.reduction, request.sizes)
		: { data: valuesAt(elements, input, plan.outShape), shape: plan.outShape };
	const channelOf = source === 'photo' ? channelReader(input.shape) : null;
	const before = paint(elements.inputs, input.data, channelOf, config);
	if (!reduces) return { ...elements, input, output, before, after: before, note: noteOf(source) };
	const kept = channelOf && plan.inGroups[1]?.every((axis) => plan.axes[axis]?.role === 'kept');
	const averaging = state.reduction === 'mean' || state.reduction === 'max' || state.reduction === 'min';
	const after =
		channelOf && averaging
			? paintReduced(elements, output.data, kept ? channelOf : null, config)
			: paintRange(elements.outputs, output.data);
	const note = channelOf && averaging ? noteOf(source) : `Colours: from the output's smallest to its largest value.`;
	return { ...elements, input, output, before, after, note };
}

const noteOf = (source: Source) =>
	source === 'photo'
		? ''
		: 'Colours: blue below zero, red above; white is zero, and the ends are the largest magnitude.';

type ChannelOf = (input: number) => number;

function channelReader([, channels = 1, height = 1, width = 1]: readonly number[]): ChannelOf {
	return (input) => Math.floor(input / (height * width)) % channels;
}

/** The output's values without a reduction: each element's own. */
function valuesAt({ inputs, outputs }: Elements, input: Tensor, shape: readonly number[]): Float32Array {
	const data = new Float32Array(shape.reduce((size, length) => size * length, 1));
	for (let i = 0; i < outputs.length; i++) data[outputs[i] ?? 0] = input.data[inputs[i] ?? 0] ?? NaN;
	return data;
}

function paint(at: Uint32Array, values: Float32Array, channelOf: ChannelOf | null, config: ModelConfig): Uint32Array {
	if (!channelOf) return paintSigned(at, values);
	return at.map((i) => tint(brightness(values[i] ?? 0, channelOf(i), config), channelOf(i)));
}

/** Elements that fell on one another look alike: as what became of them. Without a channel they are grey. */
function paintReduced(
	{ inputs, outputs }: Elements,
	values: Float32Array,
	channelOf: ChannelOf | null,
	config: ModelConfig
): Uint32Array {
	return outputs.map((i, element) => {
		const channel = channelOf ? channelOf(inputs[element] ?? 0) : null;
		return tint(brightness(values[i] ?? 0, channel ?? 0, config), channel);
	});
}

/** Undoes the normalisation, so that the photo looks like itself; in [0, 1]. */
function brightness(value: number, channel: number, { preprocess: { mean, std } }: ModelConfig): number {
	return Math.min(1, Math.max(0, value * (std[channel] ?? 1) + (mean[channel] ?? 0)));
}

/** Red, green or blue for the first three channels; grey for any other, and for none. */
function tint(brightness: number, channel: number | null): number {
	const full = Math.round(255 * brightness);
	const faint = Math.round(255 * brightness * WHITE);
	const own = (c: number) => (channel === null || channel > 2 || channel === c ? full : faint);
	return pixel(own(0), own(1), own(2));
}

function paintSigned(at: Uint32Array, values: Float32Array): Uint32Array {
	const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
	const table = colourTable(DIVERGING);
	return at.map((i) => fromTable(table, position(values[i] ?? 0, [-most, most])));
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

/** Colours in which only some elements stand out: the rest is mixed into the ground. */
export function fade(colours: Uint32Array, keep: (element: number) => boolean, ground: number): Uint32Array {
	const mixed = (shift: number, colour: number) =>
		Math.round(0.3 * ((colour >> shift) & 255) + 0.7 * ((ground >> shift) & 255));
	return colours.map((colour, i) => (keep(i) ? colour : pixel(mixed(0, colour), mixed(8, colour), mixed(16, colour))));
}
