import * as tf from '@tensorflow/tfjs-core';

/** How a map is rolled and cut; see `../swin/windows.ts`, whose layouts are such. */
export interface WindowCut {
	readonly map: MapSide;
	/** The map with its padding: whole windows. */
	readonly padded: MapSide;
	/** Side of a window. */
	readonly window: number;
	/** By how many places the padded map is rolled, up and to the left. */
	readonly shift: number;
	/** Windows in each direction. */
	readonly down: number;
	readonly across: number;
}

interface MapSide {
	readonly rows: number;
	readonly columns: number;
}

/*
 * The tokens of a map are moved by slices, joins and turns of at most four axes alone. Taking rows by their numbers
 * would be shorter, but WebGL keeps whole numbers in float16 on some phones, and those end at 2048.
 */

/**
 * The tokens of a map, window by window: filled up with zeros, rolled, and cut.
 * @param x (rows * columns, features)
 * @returns (windows * area, features)
 */
export function toWindows(x: tf.Tensor2D, { map, padded, window, shift, down, across }: WindowCut): tf.Tensor2D {
	const features = x.shape[1];
	const filled = fill(x, map, padded);
	const rolled = roll(filled, shift, shift * features);
	const bands = tf.reshape(rolled, [down, window, across, window * features]);
	return tf.reshape(tf.transpose(bands, [0, 2, 1, 3]), [down * across * window ** 2, features]);
}

/** What undoes {@link toWindows}. @param x (windows * area, features) @returns (rows * columns, features) */
export function fromWindows(x: tf.Tensor2D, { map, padded, window, shift, down, across }: WindowCut): tf.Tensor2D {
	const features = x.shape[1];
	const bands = tf.transpose(tf.reshape(x, [down, across, window, window * features]), [0, 2, 1, 3]);
	const rolled = tf.reshape(bands, [padded.rows, padded.columns * features]) as tf.Tensor2D;
	const back = roll(
		rolled,
		(padded.rows - shift) % padded.rows,
		((padded.columns - shift) % padded.columns) * features
	);
	const inside = tf.slice(back, [0, 0], [map.rows, map.columns * features]);
	return tf.reshape(inside, [map.rows * map.columns, features]);
}

/**
 * Every 2 x 2 tokens side by side in one row: top left, bottom left, top right, bottom right. Odd sides are filled up
 * with zeros.
 * @param x (rows * columns, features)
 * @returns (half the rows * half the columns, 4 * features), halves rounded up
 */
export function joinFours(x: tf.Tensor2D, map: MapSide): tf.Tensor2D {
	const features = x.shape[1];
	const [down, across] = [Math.ceil(map.rows / 2), Math.ceil(map.columns / 2)];
	const filled = fill(x, map, { rows: 2 * down, columns: 2 * across });
	const bands = tf.reshape(filled, [down, 2, across, 2 * features]);
	const fours = tf.reshape(tf.transpose(bands, [0, 2, 1, 3]), [down * across, 2, 2, features]); // (row, column, feature)
	return tf.reshape(tf.transpose(fours, [0, 2, 1, 3]), [down * across, 4 * features]); //          (column, row, feature)
}

/** The map as a matrix of (rows, columns * features), filled up with zeros at the right and the bottom. */
function fill(x: tf.Tensor2D, map: MapSide, padded: MapSide): tf.Tensor2D {
	const features = x.shape[1];
	const lines = tf.reshape<tf.Rank.R2>(x, [map.rows, map.columns * features]);
	const beside = (padded.columns - map.columns) * features;
	const wide = beside > 0 ? tf.concat([lines, tf.zeros<tf.Rank.R2>([map.rows, beside])], 1) : lines;
	const below = padded.rows - map.rows;
	return below > 0 ? tf.concat([wide, tf.zeros<tf.Rank.R2>([below, padded.columns * features])], 0) : wide;
}

/** A matrix moved up and to the left; what falls out comes in again at the other end. */
function roll(x: tf.Tensor2D, up: number, left: number): tf.Tensor2D {
	const [rows, columns] = x.shape;
	const raised =
		up > 0 ? tf.concat([tf.slice(x, [up, 0], [rows - up, columns]), tf.slice(x, [0, 0], [up, columns])], 0) : x;
	if (left === 0) return raised;
	const from = tf.slice(raised, [0, left], [rows, columns - left]);
	return tf.concat([from, tf.slice(raised, [0, 0], [rows, left])], 1);
}
