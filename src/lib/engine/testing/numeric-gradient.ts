import type { GradientStart } from '../backward';
import type { Edit } from '../edits/edit';
import type { Model } from '../model';
import type { TapData } from '../tap';
import type { Trace } from '../trace';

/** What a gradient is checked on. */
export interface Checked {
	readonly model: Model;
	readonly pixels: Float32Array;
	readonly edits: readonly Edit[];
	/** The run without edits, which the others begin with where they can. */
	readonly untouched: Trace;
	/** The number that moves: a class's logit, or the sum over the features of a token at a tap. */
	readonly of: GradientStart;
}

/**
 * How fast a number of a run moves when a tap moves in some direction, from runs in which an edit, after all others, adds a little
 * of it: central differences of two steps, whose errors of third order cancel (Richardson 1911).
 * @param direction one number for each of the tap's, at most 1 in magnitude
 * @param about the size of what should come out: where it is small a step has to be large, or float32's last bit is all
 * that is seen
 */
export async function numericSlope(
	{ model, pixels, edits, untouched, of }: Checked,
	name: string,
	direction: Float32Array,
	about: number
): Promise<number> {
	const measured = 'from' in of ? of.from : 'logits';
	const numberAt = async (by: number) => {
		const edit: Edit = { tap: name, do: 'add', value: Array.from(direction, (part) => part * by) };
		const taps = (tap: string) => tap === measured;
		const trace = await model.run(pixels, { edits: [...edits, edit], taps, untouched });
		const tap = await trace.read(measured);
		trace.dispose();
		return 'from' in of ? sumAt(tap, of.token) : (tap.data[of.classIndex] ?? NaN);
	};
	const step = Math.min(0.24, Math.max(1e-3, 5e-3 / about));
	const quotient = async (by: number) => ((await numberAt(by)) - (await numberAt(-by))) / (2 * by);
	return (4 * (await quotient(step)) - (await quotient(2 * step))) / 3;
}

function sumAt({ data, shape, tokens }: TapData, token: number): number {
	const features = shape.at(-1) ?? 1;
	const row = tokens?.indexOf(token) ?? token;
	return data.subarray(row * features, (row + 1) * features).reduce((sum, value) => sum + value, 0);
}

/** One number of a tap, and no other. */
export function along(index: number, size: number): Float32Array {
	const direction = new Float32Array(size);
	direction[index] = 1;
	return direction;
}

/** The place of the largest number, and some that are spread over all. */
export function spreadIndices(data: Float32Array, count: number): number[] {
	const largest = data.reduce((best, value, i) => (Math.abs(value) > Math.abs(data[best] ?? 0) ? i : best), 0);
	const spread = Array.from({ length: count }, (_, i) => Math.floor(((i + 0.37) * data.length) / count));
	return [...new Set([largest, ...spread])];
}
