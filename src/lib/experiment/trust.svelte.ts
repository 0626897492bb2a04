import {
	attentionMaps,
	CLASS_MAPS,
	gradientMapNames,
	gradientMaps,
	gradientMapTaps,
	type ClassMap
} from '../analysis/class-maps';
import { areaUnder, keepPatches, orderOf, patchesLeft, type Direction } from '../analysis/faithfulness';
import { Lane } from '../base/lane.svelte';
import { shuffled } from '../base/shuffled';
import { slices } from '../base/slices';
import { lastTap } from '../engine/scores';
import { runAside } from '../run/aside';
import type { Engine } from '../run/engine';
import type { Shown } from '../run/shown';

/** What is measured against: patches in no order at all. */
export const RANDOM = 'random';
export type Ordered = ClassMap | typeof RANDOM;

/** A map with what becomes of the class as patches go, or come, in its order. */
export interface Measured {
	readonly name: Ordered;
	/** One number a patch, row by row; null of the random order. */
	readonly map: Float32Array | null;
	/** What the class gets, at each step of a tenth. */
	readonly curves: Readonly<Record<Direction, readonly number[]>>;
	/** The means of the curves: small for a good map in `deletion`, large in `insertion`. */
	readonly areas: Readonly<Record<Direction, number>>;
}

/** All maps of one class in one run. */
export interface Trusted {
	readonly base: Shown;
	/** The class, from 0. */
	readonly index: number;
	readonly measured: readonly Measured[];
}

const STEPS = 10;
const DIRECTIONS = ['deletion', 'insertion'] as const;
const FAILED = {
	code: 'backend',
	sentence: 'The maps could not be measured; please start again.'
} as const;

/** Measures which map says best what counts, on the photo that is shown. */
export class Trusting {
	readonly #engine: Engine;
	readonly lane = new Lane();
	#found = $state.raw<Trusted | null>(null);

	constructor(engine: Engine) {
		this.#engine = engine;
	}

	get found(): Trusted | null {
		return this.#found;
	}

	/** Every run that measuring takes. */
	static readonly runs = (CLASS_MAPS.length + 1) * DIRECTIONS.length * STEPS;

	/** @param index the class, from 0 @param seed of the random order */
	async start(base: Shown, index: number, seed = 1): Promise<void> {
		const found = await this.lane.attempt('Measuring the maps', FAILED, async (signal, report) => {
			const maps = await this.#maps(base, index, signal);
			const { rows, columns } = base.grid;
			const orders: [Ordered, readonly number[]][] = [
				...CLASS_MAPS.map((name): [Ordered, readonly number[]] => [name, orderOf(maps[name])]),
				[RANDOM, shuffled(rows * columns, seed)]
			];
			const measured: Measured[] = [];
			let done = 0;
			for (const [name, order] of orders) {
				const curves = { deletion: [] as number[], insertion: [] as number[] };
				for (const direction of DIRECTIONS) {
					for (const left of patchesLeft(order, direction, STEPS)) {
						report({ loaded: done++, total: Trusting.runs });
						curves[direction].push(await this.#score(base, index, left, signal));
					}
				}
				const areas = { deletion: areaUnder(curves.deletion), insertion: areaUnder(curves.insertion) };
				measured.push({ name, map: name === RANDOM ? null : maps[name], curves, areas });
			}
			return { base, index, measured };
		});
		if (found) this.#found = found;
	}

	async #maps({ result, model }: Shown, index: number, signal: AbortSignal): Promise<Record<ClassMap, Float32Array>> {
		const { config } = model;
		const [values, gradients] = await Promise.all([
			this.#engine.read(result.run, gradientMapTaps(config), { signal }),
			this.#engine.gradients(result.run, index, gradientMapNames(config), { signal })
		]);
		const read = async (name: string, part: 'mean' | null) => {
			const [tap] = await this.#engine.read(result.run, [name], { part, signal });
			if (!tap) throw new Error(`Nothing was read of '${name}'.`);
			return tap;
		};
		const ofAttention = await attentionMaps(config, read, slices(signal));
		return { ...ofAttention, ...gradientMaps({ values, gradients }, config) };
	}

	/** What the class gets where only some patches are left. */
	async #score(base: Shown, index: number, left: readonly number[], signal: AbortSignal): Promise<number> {
		const names = [lastTap(base.model.config)];
		const { rows, columns, prefix = [] } = base.grid;
		const edits = left.length === rows * columns ? [] : [keepPatches(left, prefix.length)];
		const { taps } = await runAside(this.#engine, base.result.run, { photo: null, edits, names, signal });
		return taps[0]?.data[index] ?? NaN;
	}

	clear(): void {
		this.lane.cancel();
		this.#found = null;
	}

	stop(): void {
		this.clear();
		this.#engine.dispose();
	}
}
