import { isRecord } from '../../base/json';
import { siteRoot } from '../../base/site';
import { halvesToFloats } from '../../engine/checkpoint/half';
import type { Task } from '../../engine/train/contract';
import { classesOf, taskPictures } from '../../engine/train/pictures/tasks';
import { SMALL_CNN, SMALL_VIT, TESTS } from '../../engine/train/presets';
import { PROBES, samplesOf } from '../../worker/grow/pictures';
import type { GrowLook, GrowSample } from '../../worker/grow/protocol';
import { fetched } from './recorded';

/** `[step, value]`, the step rising; recorded are shares of held-out pictures that are named right, in [0, 1]. */
export type Curve = readonly (readonly [number, number])[];

/** How the pair that the training page begins with grew on a task, when it was recorded. */
export interface Grown {
	readonly vit: Curve;
	readonly cnn: Curve;
	/** The ViT without positions. */
	readonly placeless: Curve;
}

/** What `npm run train -- --curves` writes. */
export interface Growing {
	/** What makes the file anew. */
	readonly command: string;
	/** The day on which it was made. */
	readonly date: string;
	/** What the networks of {@link tasks} learned from, and what they and the pictures were drawn by. */
	readonly pictures: number;
	readonly seed: number;
	readonly tasks: Readonly<Record<Task, Grown>>;
	/** A ViT that learned from few pictures by itself, and one that a CNN taught, which had learned from the same. */
	readonly taught: {
		readonly task: Task;
		readonly pictures: number;
		readonly cnn: Curve;
		readonly alone: Curve;
		readonly taught: Curve;
	};
	/** The task whose pair was looked at, and after which steps; the numbers lie in {@link LOOKS}. */
	readonly looks: { readonly task: Task; readonly steps: readonly number[] };
}

const CURVES = 'recorded/growing.json';
const LOOKS = 'recorded/growing.f16';

/** @throws Error where the site's file cannot be had, or is none of ours */
export async function growing(): Promise<Growing> {
	return readGrowing(await fetched(CURVES));
}

/** Looks at the outline only: a script of ours wrote the file, and a test looks into it. */
export function readGrowing(file: unknown): Growing {
	const isWhole = isRecord(file) && ['tasks', 'taught', 'looks'].every((key) => isRecord(file[key]));
	if (!isWhole) throw new Error('The recorded curves are none.');
	return file as unknown as Growing;
}

/** What both networks of a pair look like at one moment. */
export interface PairLook {
	readonly vit: GrowLook;
	readonly cnn: GrowLook;
}

/** @returns one for each of the recorded steps @throws Error where the site's file cannot be had, or is too short */
export async function looks(of: Growing): Promise<PairLook[]> {
	const response = await fetch(new URL(LOOKS, siteRoot()));
	if (!response.ok) throw new Error(`The site gives no ${LOOKS}.`);
	return readLooks(of, new Uint16Array(await response.arrayBuffer()));
}

const ATTENDED = (SMALL_VIT.size / SMALL_VIT.patch) ** 2;
/** How many numbers lie in a row of the file, part by part. */
const SIZES = {
	filters: SMALL_VIT.dim * 3 * SMALL_VIT.patch ** 2,
	positions: ATTENDED ** 2,
	attention: SMALL_VIT.heads * ATTENDED,
	stem: (SMALL_CNN.widths[0] ?? 0) * 27
} as const;
const VIT_ROW = SIZES.filters + SIZES.positions + PROBES * SIZES.attention;

/** @param halves the ViT's rows, step by step, and after them the CNN's */
export function readLooks({ looks: { steps } }: Growing, halves: Uint16Array): PairLook[] {
	if (halves.length !== steps.length * (VIT_ROW + SIZES.stem)) throw new Error('The recorded looks are none.');
	const numbers = halvesToFloats(halves);
	const cnnAt = steps.length * VIT_ROW;
	return steps.map((_, i) => {
		const stem = cnnAt + i * SIZES.stem;
		return {
			vit: vitLook(numbers.subarray(i * VIT_ROW, (i + 1) * VIT_ROW)),
			cnn: { filters: numbers.subarray(stem, stem + SIZES.stem), side: 3, positions: null, attention: null }
		};
	});
}

function vitLook(row: Float32Array): GrowLook {
	const attentionAt = SIZES.filters + SIZES.positions;
	const maps = Array.from({ length: PROBES }, (_, i) => attentionAt + i * SIZES.attention);
	return {
		filters: row.subarray(0, SIZES.filters),
		side: SMALL_VIT.patch,
		positions: row.subarray(SIZES.filters, attentionAt),
		attention: maps.map((at) => row.subarray(at, at + SIZES.attention))
	};
}

/** The held-out pictures that the recorded attention is on: drawn anew, by the same seed. */
export function lookedAt({ looks: { task }, seed }: Growing): GrowSample[] {
	const heldOut = taskPictures(task, { count: TESTS.pictures, size: SMALL_VIT.size, seed, heldOut: true });
	return samplesOf(heldOut, PROBES);
}

/** What guessing would have right, in [0, 1]. */
export const chanceOf = (task: Task): number => 1 / classesOf(task).length;

/** What is named right after a step, by the last test until then; null before the first. */
export function rightAt(curve: Curve, step: number): number | null {
	return curve.findLast(([at]) => at <= step)?.[1] ?? null;
}
