import type { ViTConfig } from '../../engine/config';
import type { Tap } from '../../lesson/stage';
import { rowAt } from '../../analysis/linear';
import { layersOf, type Layer } from './alone';
import { namesOf } from './stage';

/** One token on its way through a block's feed-forward part. */
export interface TokenWay {
	/** (d), after layer norm. */
	readonly input: Float32Array;
	/** (m), before GELU and after it. */
	readonly hidden: Float32Array;
	readonly active: Float32Array;
	/** (d), what is added to the stream. */
	readonly out: Float32Array;
	readonly fc1: Layer;
	readonly fc2: Layer;
}

export function wayOf(tap: Tap, block: number, token: number, { dim, mlpDim }: ViTConfig): TokenWay {
	const names = namesOf(block);
	const row = (name: string, width: number) => rowAt(tap(name).data, width, token);
	return {
		input: row(names.input, dim),
		hidden: row(names.hidden, mlpDim),
		active: row(names.active, mlpDim),
		out: row(names.out, dim),
		...layersOf(tap, block)
	};
}
