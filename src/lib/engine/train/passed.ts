import * as tf from '@tensorflow/tfjs-core';

/*
 * Layers that go back by themselves: each hands out what it made together with the way back through it. All of it is
 * called inside one `tf.tidy`, which disposes of what a step of training has made.
 */

/** What a layer made, and what a gradient with respect to that becomes with respect to what the layer read. */
export interface Passed<T extends tf.Tensor = tf.Tensor2D> {
	readonly made: T;
	back(gradient: T): T;
}

export type Layer<T extends tf.Tensor = tf.Tensor2D> = (x: T) => Passed<T>;

/** Parameters that a pass reads, and what takes in the gradients with respect to them. */
export interface Learner {
	/** @param name as `docs/taps.md` has it, without `parameters.` */
	value<T extends tf.Tensor>(name: string): T;
	/** @param gradient shaped as the parameter */
	learn(name: string, gradient: tf.Tensor): void;
}

/** Layers one after the other. */
export function chained<T extends tf.Tensor>(x: T, layers: readonly Layer<T>[]): Passed<T> {
	const passed: Passed<T>[] = [];
	const made = layers.reduce((read, layer) => {
		const one = layer(read);
		passed.push(one);
		return one.made;
	}, x);
	return { made, back: (gradient) => passed.reduceRight((g, one) => one.back(g), gradient) };
}

/** Layers whose result is added to what they read. */
export function residual<T extends tf.Tensor>(layers: readonly Layer<T>[]): Layer<T> {
	return (x) => {
		const { made, back } = chained(x, layers);
		return { made: tf.add(x, made), back: (gradient) => tf.add<T>(gradient, back(gradient)) };
	};
}
