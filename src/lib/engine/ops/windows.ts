import * as tf from '@tensorflow/tfjs-core';
import { runOwnKernel } from './dispatch';
import { numbersOf, type MapSide, type WindowCut } from './window-rows';

/*
 * The tokens of a map are moved by slices, joins and turns of at most four axes alone. Taking rows by their numbers
 * would be shorter, but WebGL keeps whole numbers in float16 on some phones, and those end at 2048.
 */

/**
 * The tokens of a map, window by window: filled up with zeros and rolled, or the other way round, and cut.
 * @param x (rows * columns, features)
 * @returns (windows * area, features)
 */
export function toWindows(x: tf.Tensor2D, cut: WindowCut): tf.Tensor2D {
	const own = runOwnKernel<tf.Tensor2D>('toWindows', { x }, numbersOf(cut));
	if (own) return own;
	const { map, rolled, padded, window, shift, down, across } = cut;
	const features = x.shape[1];
	const turned = roll(fill(linesOf(x, map), rolled, features), shift.rows, shift.columns * features);
	const filled = fill(turned, padded, features);
	const bands = tf.reshape(filled, [down, window.rows, across, window.columns * features]);
	return tf.reshape(tf.transpose(bands, [0, 2, 1, 3]), [down * across * window.rows * window.columns, features]);
}

/** What undoes {@link toWindows}. @param x (windows * area, features) @returns (rows * columns, features) */
export function fromWindows(x: tf.Tensor2D, cut: WindowCut): tf.Tensor2D {
	const own = runOwnKernel<tf.Tensor2D>('fromWindows', { x }, numbersOf(cut));
	if (own) return own;
	const { map, rolled, padded, window, shift, down, across } = cut;
	const features = x.shape[1];
	const inWindows = tf.reshape(x, [down, across, window.rows, window.columns * features]);
	const bands = tf.transpose(inWindows, [0, 2, 1, 3]);
	const lines = tf.reshape(bands, [padded.rows, padded.columns * features]) as tf.Tensor2D;
	const turned = tf.slice(lines, [0, 0], [rolled.rows, rolled.columns * features]);
	const [up, left] = [(rolled.rows - shift.rows) % rolled.rows, (rolled.columns - shift.columns) % rolled.columns];
	const inside = tf.slice(roll(turned, up, left * features), [0, 0], [map.rows, map.columns * features]);
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
	const filled = fill(linesOf(x, map), { rows: 2 * down, columns: 2 * across }, features);
	const bands = tf.reshape(filled, [down, 2, across, 2 * features]);
	const fours = tf.reshape(tf.transpose(bands, [0, 2, 1, 3]), [down * across, 2, 2, features]); // (row, column, feature)
	return tf.reshape(tf.transpose(fours, [0, 2, 1, 3]), [down * across, 4 * features]); //          (column, row, feature)
}

/**
 * What undoes {@link joinFours}, without what odd sides were filled up with.
 * @param x (half the rows * half the columns, 4 * features), halves rounded up
 * @returns (rows * columns, features)
 */
export function splitFours(x: tf.Tensor2D, map: MapSide): tf.Tensor2D {
	const features = x.shape[1] / 4;
	const [down, across] = [Math.ceil(map.rows / 2), Math.ceil(map.columns / 2)];
	const fours = tf.transpose(tf.reshape(x, [down * across, 2, 2, features]), [0, 2, 1, 3]); // (row, column, feature)
	const bands = tf.transpose(tf.reshape(fours, [down, across, 2, 2 * features]), [0, 2, 1, 3]);
	const lines = tf.reshape(bands, [2 * down, 2 * across * features]) as tf.Tensor2D;
	return tf.reshape(tf.slice(lines, [0, 0], [map.rows, map.columns * features]), [map.rows * map.columns, features]);
}

/** The map as a matrix of (rows, columns * features). */
function linesOf(x: tf.Tensor2D, map: MapSide): tf.Tensor2D {
	return tf.reshape(x, [map.rows, map.columns * x.shape[1]]);
}

/** Such a matrix filled up with zeros at the right and the bottom. */
function fill(lines: tf.Tensor2D, to: MapSide, features: number): tf.Tensor2D {
	const [rows, columns] = lines.shape;
	const beside = to.columns * features - columns;
	const wide = beside > 0 ? tf.concat([lines, tf.zeros<tf.Rank.R2>([rows, beside])], 1) : lines;
	const below = to.rows - rows;
	return below > 0 ? tf.concat([wide, tf.zeros<tf.Rank.R2>([below, to.columns * features])], 0) : wide;
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
