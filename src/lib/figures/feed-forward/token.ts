import type { Tap } from '../figure';
import { rowAt } from '../../analysis/linear';
import type { Layer } from '../kit/last-layer';
import type { layersOf } from './alone';
import { namesOf, type Part } from './part';

/** One token on its way through a block's feed-forward part. */
export interface TokenWay {
	/** (d), after layer norm. */
	readonly input: Float32Array;
	/** (m), what the curve bends: the hidden values, or with a gate the gates. */
	readonly hidden: Float32Array;
	/** (m), what the bent gates multiply; null without gates. */
	readonly value: Float32Array | null;
	/** (m), what the second layer reads. */
	readonly active: Float32Array;
	/** (d), what is added to the stream. */
	readonly out: Float32Array;
	readonly fc1: Layer;
	/** With layer scale, which is multiplied into it. */
	readonly fc2: Layer;
}

/** @param layers the block's, which are the same for every token */
export function wayOf(tap: Tap, part: Part, token: number, layers: ReturnType<typeof layersOf>): TokenWay {
	const { dim, mlpDim } = part;
	const names = namesOf(part);
	const row = (name: string, width: number) => rowAt(tap(name).data, width, token);
	return {
		input: row(names.input, dim),
		hidden: row(names.hidden, mlpDim),
		value: names.value === null ? null : row(names.value, mlpDim),
		active: row(names.active, mlpDim),
		out: row(names.out, dim),
		...layers
	};
}
