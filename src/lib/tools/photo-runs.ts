import { runsRead } from '../engine/edits/prepare';
import { matches } from '../engine/edits/names';
import { tapSpecs } from '../engine/families';
import type { Edit } from '../engine/edits/edit';
import { PatchworkError } from '../base/errors';
import type { Engine } from '../run/engine';
import type { Shown } from '../run/shown';
import type { SeenPixels } from '../worker/protocol';

/** Gives the pixels of a photo by the name that edits have for it; whoever asks closes them. */
export type TakePhoto = (name: string, signal: AbortSignal) => Promise<ImageBitmap>;

/** What edits call the run of a sample photo, so that they can stand in a link. */
export const sampleRun = (id: string): string => `sample:${id}`;

/** The sample that a name is of; null for another name. */
export function sampleOf(name: string): string | null {
	return /^sample:(.+)$/.exec(name)?.[1] ?? null;
}

/**
 * Runs of other photos by the model of a run, for edits that take numbers from them. Each is made once for the taps that
 * are asked of it, and all are forgotten together.
 */
export class PhotoRuns {
	readonly #engine: Engine;
	readonly #take: TakePhoto;
	/** By the photo's name and the taps that are kept of it. */
	readonly #made = new Map<string, number>();
	#base: number | null = null;
	readonly #tell: (name: string, seen: SeenPixels) => void;

	/** @param tell what the model saw of a photo, when that was run */
	constructor(engine: Engine, take: TakePhoto, tell: (name: string, seen: SeenPixels) => void = () => undefined) {
		this.#engine = engine;
		this.#take = take;
		this.#tell = tell;
	}

	/**
	 * The edits with the engine's own runs in place of the photos that they name.
	 * @param base what they are edits of: the others are run by its model
	 * @param tell how many of the photos were run
	 * @throws PatchworkError `request` for a run that is no photo here, `cancelled`, or as taking a photo or running it does
	 */
	async resolve(
		edits: readonly Edit[],
		base: Shown,
		signal: AbortSignal,
		tell?: (done: number, of: number) => void
	): Promise<readonly Edit[]> {
		const names = [...new Set(runsRead(edits))];
		if (names.length === 0) return edits;
		if (this.#base !== base.result.run) this.forget();
		this.#base = base.result.run;
		const taps = tapsTaken(edits, base);
		const ids = new Map<string, number>();
		for (const [done, name] of names.entries()) {
			tell?.(done, names.length);
			ids.set(name, await this.#run(name, taps, base, signal));
		}
		return edits.map((edit) => withRuns(edit, (name) => ids.get(String(name)) ?? NaN));
	}

	async #run(name: string, taps: readonly string[], base: Shown, signal: AbortSignal): Promise<number> {
		const key = JSON.stringify([name, taps]);
		const known = this.#made.get(key);
		if (known !== undefined) return known;
		const bitmap = await this.#take(name, signal);
		try {
			const { run, seen } = await this.#engine.run(bitmap, { like: base.result.run, names: taps, signal });
			this.#made.set(key, run);
			this.#tell(name, seen);
			return run;
		} finally {
			bitmap.close();
		}
	}

	/** Lets the engine forget all of them. */
	forget(): void {
		if (this.#made.size > 0) void this.#engine.forget([...this.#made.values()]);
		this.#made.clear();
	}
}

/** The taps that edits read of other runs. */
function tapsTaken(edits: readonly Edit[], { model }: Shown): string[] {
	const patterns = edits.filter((edit) => runsRead([edit]).length > 0).map(({ tap }) => tap);
	const taken = tapSpecs(model.config).filter(({ name }) => patterns.some((pattern) => matches(pattern, name)));
	return taken.map(({ name }) => name);
}

function withRuns(edit: Edit, idOf: (name: string | number) => number): Edit {
	if (edit.do === 'replace') return { ...edit, run: idOf(edit.run) };
	return edit.do === 'mean' && edit.over === 'photos' ? { ...edit, runs: edit.runs.map(idOf) } : edit;
}

/** @throws PatchworkError where a name is none of a sample's */
export function sampleNamed<S extends { readonly id: string }>(name: string, samples: readonly S[]): S {
	const id = sampleOf(name);
	const sample = samples.find((one) => one.id === id);
	if (sample) return sample;
	throw new PatchworkError(
		'request',
		`There is no sample photo “${id ?? name}” to take numbers from; choose another one.`
	);
}
