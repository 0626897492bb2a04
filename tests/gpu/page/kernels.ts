import * as tf from '@tensorflow/tfjs-core';
import { attentionContext, attentionScores } from '../../../src/lib/engine/ops/attention';
import type { BackendName } from '../../../src/lib/engine/backends/names';
import { KERNELS, type KernelName } from '../../../src/lib/engine/ops/dispatch';
import { gelu } from '../../../src/lib/engine/ops/gelu';
import { linearGelu, linearPlus } from '../../../src/lib/engine/ops/joined';
import { layerNorm } from '../../../src/lib/engine/ops/layer-norm';
import { linear, type Linear } from '../../../src/lib/engine/ops/linear';
import { softmax } from '../../../src/lib/engine/ops/softmax';
import { windowContext, windowScores } from '../../../src/lib/engine/ops/window-attention';
import type { WindowCut } from '../../../src/lib/engine/ops/window-rows';
import { fromWindows, toWindows } from '../../../src/lib/engine/ops/windows';
import { largest, largestDifference, numbers } from './numbers';
import { start } from './start';

/** One of our kernels beside plain tfjs ops, on the same input. */
export interface Comparison {
	readonly name: string;
	readonly isRegistered: boolean;
	/** Largest difference, divided by the plain result's largest magnitude if that is above 1. */
	readonly difference: number;
	/** Tensors that the kernel left behind. */
	readonly leaked: number;
}

interface Case {
	readonly kernel: KernelName;
	readonly label: string;
	readonly make: () => tf.Tensor;
}

function tensor<T extends tf.Tensor>(shape: number[], seed: number, amplitude = 1): T {
	return tf.tensor(numbers(tf.util.sizeFromShape(shape), seed, amplitude), shape) as T;
}

/** Sizes that fill tiles, leave tails, are odd, and are 1. */
const LINEAR = [
	[1, 1, 1],
	[1, 192, 1000],
	[5, 3, 7],
	[17, 48, 144],
	[33, 65, 31],
	[64, 32, 96],
	[197, 63, 129],
	// Wider than a texture may be, so WebGL folds it.
	[1, 3, 20_001]
] as const;
const ROWS = [
	[1, 1],
	[1, 5],
	[2, 64],
	[7, 63],
	[197, 192],
	[66, 131]
] as const;
const MAPS = [
	[1, 1, 1],
	[2, 5, 5],
	[3, 17, 17],
	[1, 3, 131],
	[12, 37, 37]
] as const;
/** Tokens, heads, features of a head. */
const ATTENTION = [
	[1, 1, 1],
	[5, 2, 3],
	[17, 3, 16],
	[37, 2, 6],
	[33, 5, 10],
	[66, 3, 33],
	[197, 3, 64]
] as const;

const layer = (inputs: number, outputs: number): Linear => ({
	weight: tensor([inputs, outputs], 2),
	bias: tensor([outputs], 3)
});

const CASES: readonly Case[] = [
	...LINEAR.flatMap(([n, inputs, outputs]): Case[] => {
		const label = `${n} x ${inputs} x ${outputs}`;
		const x = () => tensor<tf.Tensor2D>([n, inputs], 1);
		const plus = () => tensor<tf.Tensor2D>([n, outputs], 13, 9);
		return [
			{ kernel: 'linear', label, make: () => linear(x(), layer(inputs, outputs)) },
			{ kernel: 'linearPlus', label, make: () => linearPlus(x(), layer(inputs, outputs), plus()) },
			{ kernel: 'linearGelu', label, make: () => linearGelu(x(), layer(inputs, outputs), 'erf') }
		];
	}),
	...ROWS.map(([n, features]) => ({
		kernel: 'layerNorm' as const,
		label: `${n} x ${features}`,
		make: () =>
			layerNorm(tensor([n, features], 4, 5), { scale: tensor([features], 5), offset: tensor([features], 6) }, 1e-6)
	})),
	...ROWS.map(([n, features]) => ({
		kernel: 'gelu' as const,
		label: `${n} x ${features}`,
		make: () => gelu(tensor([n, features], 7, 8))
	})),
	...MAPS.map((shape) => ({
		kernel: 'softmax' as const,
		label: shape.join(' x '),
		make: () => softmax(tensor([...shape], 8, 50))
	})),
	// More rows than WebGPU takes workgroups in one dimension.
	{ kernel: 'softmax', label: '70000 rows', make: () => softmax(tensor([1, 70_000, 3], 9, 4)) },
	...ATTENTION.map(([n, heads, size]) => ({
		kernel: 'scores' as const,
		label: `${n} tokens, ${heads} heads of ${size}`,
		make: () => attentionScores(tensor([n, 3 * heads * size], 10), heads)
	})),
	...ATTENTION.map(([n, heads, size]) => ({
		kernel: 'context' as const,
		label: `${n} tokens, ${heads} heads of ${size}`,
		make: () => attentionContext(tensor([heads, n, n], 11), tensor([n, 3 * heads * size], 12))
	}))
];

/** Windows, tokens of one, heads, features of a head. */
const WINDOWS = [
	[1, 1, 1, 1],
	[2, 5, 2, 3],
	[3, 9, 2, 4],
	[4, 6, 3, 5],
	[5, 49, 3, 32]
] as const;

const CUTS: Readonly<Record<string, WindowCut>> = {
	'whole windows': cut([6, 9], [3, 3], [0, 0], 'padded'),
	'rolled and filled up afterwards': cut([7, 10], [3, 4], [1, 2], 'map'),
	'filled up and rolled': cut([7, 10], [3, 4], [1, 2], 'padded'),
	'one window, larger than the map': cut([2, 1], [3, 3], [1, 1], 'padded')
};

type Sides = readonly [rows: number, columns: number];

function cut(map: Sides, window: Sides, shift: Sides, rolled: 'map' | 'padded'): WindowCut {
	const sides = ([rows, columns]: Sides) => ({ rows, columns });
	const [down, across] = [Math.ceil(map[0] / window[0]), Math.ceil(map[1] / window[1])];
	const padded = sides([down * window[0], across * window[1]]);
	const own = { map: sides(map), window: sides(window), shift: sides(shift), padded, down, across };
	return { ...own, rolled: { map: own.map, padded }[rolled] };
}

const WINDOW_CASES: readonly Case[] = [
	...WINDOWS.flatMap(([windows, n, heads, size]): Case[] => {
		const label = `${windows} windows of ${n} tokens, ${heads} heads of ${size}`;
		const qkv = () => tensor<tf.Tensor2D>([windows * n, 3 * heads * size], 14);
		return [
			{ kernel: 'windowScores', label, make: () => windowScores(qkv(), windows, heads) },
			{ kernel: 'windowContext', label, make: () => windowContext(tensor([windows, heads, n, n], 15), qkv()) }
		];
	}),
	...Object.entries(CUTS).flatMap(([label, one]) =>
		[2, 7].flatMap((features): Case[] => {
			const { map, window, down, across } = one;
			const rows = down * across * window.rows * window.columns;
			return [
				{
					kernel: 'toWindows',
					label: `${label}, ${features} features`,
					make: () => toWindows(tensor([map.rows * map.columns, features], 16), one)
				},
				{
					kernel: 'fromWindows',
					label: `${label}, ${features} features`,
					make: () => fromWindows(tensor([rows, features], 17), one)
				}
			];
		})
	)
];

/** Runs every kernel of a backend on every case, and the plain ops on tfjs's own cpu backend. */
export async function compareKernels(backend: BackendName): Promise<Comparison[]> {
	await start('cpu');
	const plain: Float32Array[] = [];
	const cases = [...CASES, ...WINDOW_CASES];
	for (const { make } of cases) plain.push(await valuesOf(make));
	await start(backend);
	const results: Comparison[] = [];
	for (const [i, one] of cases.entries()) results.push(await compare(one, plain[i] ?? new Float32Array()));
	return results;
}

async function compare({ kernel, label, make }: Case, plain: Float32Array): Promise<Comparison> {
	const before = tf.memory().numTensors;
	const own = await valuesOf(make);
	return {
		name: `${kernel}: ${label}`,
		isRegistered: tf.getKernel(KERNELS[kernel], tf.getBackend()) !== undefined,
		difference: largestDifference(own, plain) / Math.max(1, largest(plain)),
		leaked: tf.memory().numTensors - before
	};
}

async function valuesOf(make: () => tf.Tensor): Promise<Float32Array> {
	const result = tf.tidy(make);
	const values = (await result.data()) as Float32Array;
	result.dispose();
	return values;
}
