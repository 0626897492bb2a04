import type * as tf from '@tensorflow/tfjs-core';
import type { HalfMatrix } from './ops/half-matrix';

/** A parameter on the backend. However its numbers are kept there, `data()` gives them as float32. */
export type Parameter = tf.Tensor | HalfMatrix;
