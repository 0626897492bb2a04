import { PatchworkError } from '../../../base/errors';
import { TASKS, type Labelled, type Pictures, type Task } from '../contract';
import { Canvas, brighterColour, paintBackground, type Colour } from './canvas';
import { chanceOf, type Chance } from './chance';
import { REACH, SHAPES, shapeCover } from './forms';
import { TEXTURES, textureCover } from './textures';

/*
 * Pictures that are drawn here: each by its task, a seed and its number alone, so that anybody can draw it again. Colours,
 * sizes, places, backgrounds and noise differ from picture to picture and say nothing of its class.
 */

interface Drawing {
	readonly classes: readonly string[];
	readonly mirrors: boolean;
	readonly shifts: boolean;
	/** Draws what a label says. */
	draw(canvas: Canvas, label: number, chance: Chance): void;
}

/** By how much what is drawn is brighter than what it is drawn on. */
const CONTRAST = 0.35;
/** Of what is added to every number of a picture, which go from 0 to 1 then. */
const NOISE = 0.04;
const THIRDS = ['left', 'middle', 'right'] as const;
const FIELDS = ['top', 'middle', 'bottom'].flatMap((row) => THIRDS.map((column) => `${row} ${column}`));

/** Puts a shape with its whole reach between two sides of the picture, in parts of its width. */
function drawShape(
	canvas: Canvas,
	shape: number,
	background: Colour,
	chance: Chance,
	{ radius: [least, most], left = 0, right = 1, top = 0, bottom = 1 }: Room
): void {
	const { size } = canvas;
	const radius = size * chance.between(least, most);
	const within = (from: number, to: number) => {
		const [first, last] = [from * size + REACH * radius, to * size - REACH * radius];
		return last > first ? chance.between(first, last) : (first + last) / 2;
	};
	const at = { x: within(left, right), y: within(top, bottom), radius, angle: chance.between(-TURN, TURN) };
	canvas.paint(brighterColour(chance, background, CONTRAST), shapeCover(shape, at));
}

/** How far shapes are turned each way, in radians: 6 degrees. */
const TURN = Math.PI / 30;

/** All in parts of the picture's width. */
interface Room {
	readonly radius: readonly [least: number, most: number];
	readonly left?: number;
	readonly right?: number;
	readonly top?: number;
	readonly bottom?: number;
}

/** The two shapes that are told apart where two are compared: circle and cross, by their numbers. */
const PAIR = [SHAPES.indexOf('circle'), SHAPES.indexOf('cross')] as const;

const DRAWINGS: Readonly<Record<Task, Drawing>> = {
	shape: {
		classes: SHAPES,
		mirrors: true,
		shifts: true,
		draw(canvas, label, chance) {
			const background = paintBackground(canvas, chance);
			drawShape(canvas, label, background, chance, { radius: [0.19, 0.3] });
		}
	},
	'same-different': {
		classes: ['same', 'different'],
		mirrors: true,
		shifts: true,
		draw(canvas, label, chance) {
			const background = paintBackground(canvas, chance);
			const [first, other] = chance.next() < 0.5 ? PAIR : [PAIR[1], PAIR[0]];
			const radius = [0.15, 0.19] as const;
			drawShape(canvas, first, background, chance, { radius, right: 0.5 });
			drawShape(canvas, label === 0 ? first : other, background, chance, { radius, left: 0.5 });
		}
	},
	texture: {
		classes: TEXTURES,
		mirrors: true,
		shifts: true,
		draw(canvas, label, chance) {
			const background = paintBackground(canvas, chance);
			canvas.paint(brighterColour(chance, background, CONTRAST), textureCover(label, chance));
		}
	},
	position: {
		classes: FIELDS,
		mirrors: false,
		shifts: false,
		draw(canvas, label, chance) {
			const background = paintBackground(canvas, chance);
			const [row, column] = [Math.floor(label / 3), label % 3];
			const field = { left: column / 3, right: (column + 1) / 3, top: row / 3, bottom: (row + 1) / 3 };
			const shape = chance.below(SHAPES.length);
			drawShape(canvas, shape, background, chance, { radius: [0.06, 0.1], ...field });
		}
	}
};

/** Held-out pictures have numbers from here on, which no picture to learn from has. */
const HELD_OUT = 2 ** 24;

export interface TaskOptions {
	readonly count: number;
	/** Side of a picture, in pixels: 32 to 64 are meant, and others drawn. */
	readonly size: number;
	readonly seed: number;
	readonly heldOut?: boolean;
}

/**
 * Pictures of a task; as many of each class, or one more. More of them begin with the same ones.
 * @throws PatchworkError `request` for a number of pictures or a size that can't be drawn
 */
export function taskPictures(task: Task, { count, size, seed, heldOut = false }: TaskOptions): Pictures {
	checkCount(count, size);
	const { classes, mirrors, shifts } = DRAWINGS[task];
	const first = heldOut ? HELD_OUT : 0;
	// What was drawn is kept, as the bytes that it is, for a training comes back to it again and again.
	const drawn = new Map<number, Uint8Array>();
	const at = (index: number): Labelled => {
		const bytes = drawn.get(index) ?? pictureOf(task, seed, first + index, size);
		drawn.set(index, bytes);
		return {
			pixels: new Float32Array(bytes).map((value) => value / 127.5 - 1),
			label: labelOf(first + index, classes)
		};
	};
	return { count, size, classes, mirrors, shifts, at };
}

/** As many of each class. */
const labelOf = (index: number, classes: readonly string[]) => index % classes.length;

function checkCount(count: number, size: number): void {
	const isWhole = Number.isInteger(count) && count >= 1 && count < HELD_OUT;
	if (isWhole && Number.isInteger(size) && size >= 8) return;
	throw new PatchworkError(
		'request',
		`Pictures are drawn 1 to ${HELD_OUT - 1} at a time and at least 8 px wide, not ${count} of ${size} px; ask for as many.`
	);
}

/** A picture's bytes, (3, size, size). @param index of all pictures of the task */
function pictureOf(task: Task, seed: number, index: number, size: number): Uint8Array {
	const { classes, draw } = DRAWINGS[task];
	const chance = chanceOf(seed, TASKS.indexOf(task), index);
	const canvas = new Canvas(size);
	draw(canvas, labelOf(index, classes), chance);
	return canvas.noisy(chance, NOISE);
}

/** How many classes a task has. */
export const classesOf = (task: Task): readonly string[] => DRAWINGS[task].classes;
