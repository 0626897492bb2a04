import { Lane } from '../base/lane.svelte';
import { untrack } from 'svelte';
import type { Pause } from '../base/slices';
import { slices } from '../base/slices';
import type { Progress } from '../base/progress';
import type { Edit } from '../engine/edits/edit';
import type { MapPlace } from '../engine/gradients';
import type { Part } from '../engine/part';
import type { TapData } from '../engine/tap';

/** What an overlay can ask about the run that it is drawn of. */
export interface Sources {
	/**
	 * @param options.part what is read of each, where that is a pattern of one sequence
	 * @throws PatchworkError `request` where the run is forgotten, or for a tap that it does not have
	 */
	read(names: readonly string[], options?: { part?: Part | null; signal?: AbortSignal }): Promise<TapData[]>;
	/** The gradients of a class's logit, or of a place of a map, see `Engine.gradients`. Progress counts blocks. */
	gradients(
		of: number | MapPlace,
		names: readonly string[],
		work: Pick<Under, 'signal' | 'report'>
	): Promise<TapData[]>;
	/** Taps of another run on the same pixels, with edits besides those of the run; nothing of it is kept. */
	tried(edits: readonly Edit[], names: readonly string[], signal: AbortSignal): Promise<readonly TapData[]>;
	/** The same taps of every sample photo, by the model of the run. Progress counts photos. */
	samples(names: readonly string[], work: Under): Promise<readonly TapData[][]>;
}

/** Work that is under way. */
export interface Under {
	readonly signal: AbortSignal;
	readonly report: (progress: Progress) => void;
	readonly pause: Pause;
}

/** Something that an overlay draws, and that no run hands out by itself: it is made when it is looked at. */
export class Making<T> {
	/** What the page says while it is made. */
	readonly label: string;
	/** What its progress counts. */
	readonly unit: string;
	readonly #workshop: Workshop;
	readonly #make: (sources: Sources, under: Under) => Promise<T>;
	/** No state of its own: Svelte follows none in the derivation that made it, and there this is made. */
	#value: T | null = null;

	constructor(
		workshop: Workshop,
		label: string,
		make: (sources: Sources, under: Under) => Promise<T>,
		unit = /* @wc-include */ 'photos'
	) {
		this.label = label;
		this.unit = unit;
		this.#workshop = workshop;
		this.#make = make;
	}

	/** Null until it is there. */
	get value(): T | null {
		this.#workshop.watch();
		return this.#value;
	}

	/** @throws whatever making throws */
	async make(sources: Sources, under: Under): Promise<void> {
		const value = await this.#make(sources, under);
		under.signal.throwIfAborted();
		this.#value = value;
	}
}

const FAILED = {
	code: 'backend',
	sentence: 'What lies over the photo could not be worked out; please try again.'
} as const;

/** Has what the overlay of a view draws made, one thing at a time, while it is looked at. */
export class Workshop {
	readonly lane = new Lane();
	#tries = $state(0);
	/** How many things are there. */
	#made = $state(0);
	#stopped = $state(false);
	#unit = $state(/* @wc-include */ 'photos');

	/** Whether the reader stopped the work, so that nothing more is there until they ask again. */
	get stopped(): boolean {
		return this.#stopped;
	}

	/** What the progress of what is being made counts. */
	get unit(): string {
		return this.#unit;
	}

	/** Whoever calls this is called again when something more is there. */
	watch(): void {
		void this.#made;
	}

	/** Call it in an effect. @param wanted what the overlay is made of @returns how to stop */
	follow(wanted: readonly Making<unknown>[], sources: Sources): () => void {
		void this.#tries;
		const next = wanted.find(({ value }) => value === null);
		untrack(() => {
			this.#stopped = false;
			this.lane.dismiss();
		});
		if (next) void this.#work(next, sources);
		return () => this.lane.cancel();
	}

	async #work(making: Making<unknown>, sources: Sources): Promise<void> {
		this.#unit = making.unit;
		await this.lane.attempt(making.label, FAILED, async (signal, report) => {
			await making.make(sources, { signal, report, pause: slices(signal) });
			this.#made++;
		});
	}

	/** What the reader does to work that is too long. */
	stop(): void {
		this.lane.cancel();
		this.#stopped = true;
	}

	again(): void {
		this.#tries++;
	}
}
