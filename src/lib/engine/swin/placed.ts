import * as tf from '@tensorflow/tfjs-core';
import { stageOf, tableWindow, type MapSize, type SwinConfig } from './config';
import { relativePositions, shiftMask, windowLayout, type WindowLayout } from './windows';

/** A table of relative position biases as the checkpoint has it: (offsets in a window, heads), row-major. */
export type BiasTable = Float32Array;

/** What a block needs beside its parameters, and what follows from the size of the map. */
export interface PlacedBlock {
	readonly layout: WindowLayout;
	/** (1, heads, area, area): what each head adds to a score (equation 4 of the paper). */
	readonly bias: tf.Tensor4D;
	/** (windows, 1, area, area): what keeps apart what only the roll has brought together; null without a shift. */
	readonly mask: tf.Tensor4D | null;
}

/** The blocks of every stage on maps of one size. Owns its tensors. */
export class PlacedBlocks {
	readonly #stages: readonly (readonly PlacedBlock[])[];
	readonly #made: tf.Tensor[] = [];

	/** @param tables one for each block of each stage */
	constructor(
		private readonly config: SwinConfig,
		tables: readonly (readonly BiasTable[])[]
	) {
		this.#stages = tables.map((ofStage, s) => this.#stage(config, s, ofStage));
	}

	/** @param stage counted from 0 @param block counted from 0 in its stage @throws RangeError where there is none */
	block(stage: number, block: number): PlacedBlock {
		const found = this.#stages[stage]?.[block];
		if (found) return found;
		throw new RangeError(`There is no block ${block} in stage ${stage}, both counted from 0.`);
	}

	/** A block with another table of biases. Called inside `tf.tidy`, whose the new bias is. @param table (offsets, heads) */
	with(table: tf.Tensor2D, stage: number, block: number): PlacedBlock {
		const at = this.block(stage, block);
		const { window, area } = at.layout;
		const pairs = relativePositions(window, tableWindow(stageOf(this.config, stage)));
		const rows = tf.gather(table, tf.tensor1d(pairs, 'int32')); // (a a) h
		return { ...at, bias: tf.reshape(tf.transpose(rows), [1, table.shape[1], area, area]) };
	}

	dispose(): void {
		tf.dispose(this.#made);
	}

	#stage(config: SwinConfig, s: number, tables: readonly BiasTable[]): PlacedBlock[] {
		const { heads, ...sides } = stageOf(config, s);
		const full = tableWindow(sides);
		const layouts = [windowLayout(config, s, 0), windowLayout(config, s, 1)] as const;
		const mask = tables.length > 1 ? this.#mask(layouts[1]) : null;
		return tables.map((table, b) => {
			const isOdd = b % 2 === 1;
			const layout = layouts[isOdd ? 1 : 0];
			return { layout, bias: this.#bias(table, layout, full, heads), mask: isOdd ? mask : null };
		});
	}

	#bias(table: BiasTable, { window, area }: WindowLayout, full: MapSize, heads: number): tf.Tensor4D {
		const pairs = relativePositions(window, full);
		const bias = new Float32Array(heads * pairs.length);
		for (let head = 0; head < heads; head++) {
			for (const [i, row] of pairs.entries()) bias[head * pairs.length + i] = table[row * heads + head] ?? 0;
		}
		return this.#own(tf.tensor4d(bias, [1, heads, area, area]));
	}

	#mask(layout: WindowLayout): tf.Tensor4D | null {
		const mask = shiftMask(layout);
		return mask && this.#own(tf.tensor4d(mask, [layout.count, 1, layout.area, layout.area]));
	}

	#own<T extends tf.Tensor>(tensor: T): T {
		this.#made.push(tensor);
		return tensor;
	}
}
