import { offsets, pick, type Plan } from '../../engine/einops/plan';
import type { Step } from './steps';

export type Direction = 'across' | 'down';

/** A line beside the picture that says how far an axis reaches, in elements. */
export interface Ruler {
	/** Places in the plan: one elementary axis, or all of a composed one. */
	readonly axes: readonly number[];
	readonly direction: Direction;
	readonly length: number;
}

/** Where the elements of a tensor lie in the plane, in units of one element's side. */
export interface Layout {
	readonly width: number;
	readonly height: number;
	/** For each elementary axis of the plan the way from one place along it to the next; none along what is folded. */
	readonly pitches: readonly { readonly x: number; readonly y: number }[];
	/** Outermost first. */
	readonly rulers: readonly Ruler[];
	/** A picture that is much too long is folded: elements of a line, and the way to the next line. Null as a rule. */
	readonly fold: { readonly direction: Direction; readonly line: number; readonly pitch: number } | null;
}

/** Width to height that pictures are made for. */
const ASPECT = 2.4;
/** Beyond this many times the one or the other, and this many elements, a picture is folded. */
const TOO_LONG = 14;
const TOO_MANY = 1200;
/** A last axis of at most this length (such as a pixel's colours) lies within its neighbour, side by side. */
const THIN = 4;
/** Blocks with a shorter side stand close together, for a gap between them would be all that one sees. */
const SMALLEST_BLOCK = 6;

/**
 * Directions for the axes of a shape: the last lies across, the one before it down, and each further one where it makes
 * the picture less extreme.
 */
export function directionsOf(shape: readonly number[]): Direction[] {
	const directions: Direction[] = shape.map(() => 'across');
	const long = shape.flatMap((length, i) => (length > 1 ? [i] : []));
	const last = long.at(-1);
	const thin = last !== undefined && long.length > 2 && (shape[last] ?? 0) <= THIN;
	const side = { across: 1, down: 1 };
	for (const [turn, i] of long.toReversed().entries()) {
		const length = shape[i] ?? 1;
		const second = thin ? 2 : 1;
		const wide = Math.abs(Math.log((side.across * length) / side.down / ASPECT));
		const tall = Math.abs(Math.log(side.across / (side.down * length) / ASPECT));
		const direction = turn < second ? 'across' : turn === second ? 'down' : wide <= tall ? 'across' : 'down';
		directions[i] = direction;
		side[direction] *= length;
	}
	return directions;
}

/** The layout of a tensor after a step. */
export function layoutOf(plan: Plan, step: Step): Layout {
	const parts = partsOf(plan, step);
	const pitches = plan.axes.map(() => ({ x: 0, y: 0 }));
	const size = { across: 1, down: 1 };
	const gaps = new Map<number, number>();
	for (const { axis, direction, group } of parts.toReversed()) {
		const length = plan.axes[axis]?.length ?? 1;
		const inner = size[direction];
		// Along a composed axis all blocks are those of its fastest part, and stand equally far apart.
		const gap = gaps.get(group) ?? (inner >= SMALLEST_BLOCK ? Math.max(1, Math.round(inner * 0.12)) : 0);
		gaps.set(group, gap);
		pitches[axis] = direction === 'across' ? { x: inner + gap, y: 0 } : { x: 0, y: inner + gap };
		size[direction] = Math.max(0, length * (inner + gap) - gap);
	}
	const rulers = rulersOf(plan, step, parts, pitches);
	return folded({ width: size.across, height: size.down, pitches, rulers, fold: null });
}

interface Part {
	readonly axis: number;
	readonly direction: Direction;
	/** The place in the step's groups of the axis that it is, or is a part of. */
	readonly group: number;
}

/** The elementary axes of a step, outermost first. Until they are gone, reduced axes lie innermost, as in the input. */
function partsOf(plan: Plan, { kind, groups }: Step): Part[] {
	const before = kind === 'input' || kind === 'split';
	const whole = before ? plan.inGroups : plan.outGroups;
	const inputs = directionsOf(plan.inShape);
	const directions = before ? inputs : directionsOf(plan.outShape);
	const shown = groups.flat();
	const groupOf = (axis: number) => groups.findIndex((group) => group.includes(axis));
	const part = (axis: number, direction: Direction = 'across'): Part => ({ axis, direction, group: groupOf(axis) });
	const parts = whole.flatMap((axes, i) =>
		axes.filter((axis) => shown.includes(axis)).map((axis) => part(axis, directions[i]))
	);
	if (before) return parts;
	const rest = shown.filter((axis) => !plan.outGroups.flat().includes(axis));
	const inputGroup = (axis: number) => plan.inGroups.findIndex((group) => group.includes(axis));
	return [...parts, ...rest.map((axis) => part(axis, inputs[inputGroup(axis)]))];
}

function rulersOf(plan: Plan, { groups }: Step, parts: readonly Part[], pitches: Layout['pitches']): Ruler[] {
	const reach = (axis: number) => {
		const { x, y } = pitches[axis] ?? { x: 0, y: 0 };
		return Math.max(x, y) * ((plan.axes[axis]?.length ?? 1) - 1);
	};
	const order = parts.map((part) => part.axis);
	const sorted = groups.toSorted((a, b) => order.indexOf(a[0] ?? -1) - order.indexOf(b[0] ?? -1));
	return sorted.flatMap((axes) => {
		const direction = parts.find((part) => part.axis === axes[0])?.direction;
		const size = pick(plan, axes).reduce((product, { length }) => product * length, 1);
		if (!direction || size < 2) return [];
		const inside = parts.slice(Math.max(...axes.map((axis) => order.indexOf(axis))) + 1);
		const within = inside.filter((part) => part.direction === direction).map((part) => part.axis);
		const length = [...axes, ...within].reduce((sum, axis) => sum + reach(axis), 1);
		return [{ axes, direction, length }];
	});
}

/** Folds what would be a thread into lines. */
function folded(layout: Layout): Layout {
	const { width, height } = layout;
	const area = width * height;
	if (width > Math.max(TOO_MANY, height * ASPECT * TOO_LONG)) {
		const line = Math.ceil(Math.sqrt(area * ASPECT) / height) * height;
		const pitch = height + (height > 1 ? 1 : 0);
		return {
			...layout,
			width: line,
			height: Math.ceil(width / line) * pitch,
			fold: { direction: 'across', line, pitch }
		};
	}
	if (height > Math.max(TOO_MANY, (width / ASPECT) * TOO_LONG)) {
		const line = Math.ceil(Math.sqrt(area / ASPECT) / width) * width;
		const pitch = width + 1;
		return {
			...layout,
			width: Math.ceil(height / line) * pitch,
			height: line,
			fold: { direction: 'down', line, pitch }
		};
	}
	return layout;
}

/** Places of all elements, in the order of the plan's axes. */
export interface Places {
	readonly x: Float32Array;
	readonly y: Float32Array;
}

/** Where every element lies: one for each combination of places along all axes of the plan, row-major. */
export function placesOf(plan: Plan, { pitches, fold }: Layout): Places {
	const along = (key: 'x' | 'y') =>
		new Float32Array(offsets(plan.axes.map((axis, i) => ({ ...axis, stride: pitches[i]?.[key] ?? 0 }))));
	const places = { x: along('x'), y: along('y') };
	if (!fold) return places;
	const [long, short] = fold.direction === 'across' ? [places.x, places.y] : [places.y, places.x];
	for (let i = 0; i < long.length; i++) {
		const at = long[i] ?? 0;
		const line = Math.floor(at / fold.line);
		long[i] = at - line * fold.line;
		short[i] = (short[i] ?? 0) + line * fold.pitch;
	}
	return places;
}

/** Room for a picture, in pixels. */
export interface Room {
	readonly width: number;
	readonly height: number;
	/** Whether every element gets a whole number of pixels, which may leave some of the room unused. */
	readonly whole: boolean;
}

/** How much of the room's height a flat picture is stretched to, and how often as high as wide its elements may get. */
const FLAT = 0.3;
const STRETCH = 16;

/** The size of an element, in pixels, with which a layout fits into its room; elements of flat ones are drawn taller. */
export function scaleOf(layout: Layout, { width, height, whole }: Room): { x: number; y: number } {
	const fit = Math.min(width / Math.max(1, layout.width), height / Math.max(1, layout.height));
	const x = whole && fit >= 1 ? Math.floor(fit) : fit;
	return { x, y: Math.max(x, Math.min(x * STRETCH, (FLAT * height) / Math.max(1, layout.height))) };
}
