import * as tf from '@tensorflow/tfjs-core';
import type { CommonConfig } from '../config';
import { runOwnKernel } from './dispatch';

/**
 * The Gaussian error linear unit, `x / 2 * (1 + erf(x / sqrt 2))` (Hendrycks and Gimpel 2016, arXiv 1606.08415, equation
 * 2), exactly, or by one of the paper's two approximations that some models were trained with: the one with tanh would move
 * ViT-Tiny's logits by 6e-4, so each gets its own.
 * @param x (n, features)
 */
export function gelu(x: tf.Tensor2D, kind: CommonConfig['gelu'] = 'erf'): tf.Tensor2D {
	if (kind === 'tanh') return tf.mul(x, approximateShare(x));
	if (kind === 'sigmoid') return tf.mul(x, quickShare(x));
	const own = runOwnKernel<tf.Tensor2D>('gelu', { x }, {});
	return own ?? tf.mul(x, exactShare(x));
}

/**
 * What a gradient with respect to GELU's output becomes with respect to its input. GELU is `x` times a share; its
 * derivative is the share, and `x` times that of the share.
 * @param gradient (n, features)
 * @param x (n, features)
 */
export function geluBack(gradient: tf.Tensor2D, x: tf.Tensor2D, kind: CommonConfig['gelu'] = 'erf'): tf.Tensor2D {
	const own = kind === 'erf' && runOwnKernel<tf.Tensor2D>('geluBack', { gradient, x }, {});
	if (own) return own;
	const [share, slope] = SHARES[kind](x);
	return tf.mul(gradient, tf.add(share, tf.mul(x, slope)));
}

/** The share of a normal distribution that lies below x. */
function exactShare(x: tf.Tensor2D): tf.Tensor2D {
	return tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}

/** The normal distribution's density at x, `exp(-x^2 / 2) / sqrt(2 pi)`. */
function density(x: tf.Tensor2D): tf.Tensor2D {
	return tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}

const CUBIC = 0.044715;
const INNER = Math.sqrt(2 / Math.PI);

/**
 * `(1 + tanh(u)) / 2` with `u = sqrt(2 / pi) (x + 0.044715 x^3)`, as the same paper's section 2 has it; written as
 * `sigmoid(2 u)`, which is the same, because a page has that kernel for SwiGLU anyway.
 */
function approximateShare(x: tf.Tensor2D): tf.Tensor2D {
	const cube = tf.mul(tf.square(x), x);
	return tf.sigmoid(tf.mul(tf.add(x, tf.mul(cube, CUBIC)), 2 * INNER));
}

/** That share `s`, and its derivative: `s (1 - s) 2 u'`. */
function approximateSlope(x: tf.Tensor2D): [share: tf.Tensor2D, slope: tf.Tensor2D] {
	const share = approximateShare(x);
	const inner = tf.mul(tf.add(tf.mul(tf.square(x), 3 * CUBIC), 1), 2 * INNER);
	return [share, tf.mul(tf.sub(share, tf.square(share)), inner)];
}

const QUICK = 1.702;

/** `sigmoid(1.702 x)`, from the same section; CLIP's authors run it and call it quick GELU. */
function quickShare(x: tf.Tensor2D): tf.Tensor2D {
	return tf.sigmoid(tf.mul(x, QUICK));
}

/** By kind: the share that is let through, and its derivative. */
const SHARES: Readonly<Record<CommonConfig['gelu'], (x: tf.Tensor2D) => [share: tf.Tensor2D, slope: tf.Tensor2D]>> = {
	erf: (x) => [exactShare(x), density(x)],
	tanh: approximateSlope,
	sigmoid(x) {
		const share = quickShare(x);
		return [share, tf.mul(tf.sub(share, tf.square(share)), QUICK)];
	}
};
