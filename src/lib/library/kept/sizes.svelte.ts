import type { KeptId } from '../../base/forgetting';
import type { KeptThing } from './kept-things';
import { bytesIn } from './places';

type Sizes = Readonly<Partial<Record<KeptId, number | null>>>;

/** What each thing takes. Of counts that overlap only the newest is told. */
export class Counted {
	readonly #bytesIn: typeof bytesIn;
	#sizes = $state.raw<Sizes>({});
	#stopping = new AbortController();
	#newest: Promise<void> = Promise.resolve();

	/** @param count counts one place; the real thing, or a stand-in */
	constructor(count = bytesIn) {
		this.#bytesIn = count;
	}

	/** Bytes of a thing; undefined before it was counted, null where the browser does not say. */
	of(thing: KeptId): number | null | undefined {
		return this.#sizes[thing];
	}

	/** Counts anew, in place of a count that is under way; done when the newest one is. */
	async count(things: readonly KeptThing[]): Promise<void> {
		this.stop();
		const { signal } = (this.#stopping = new AbortController());
		const mine = (this.#newest = this.#count(things, signal));
		await mine;
		// Whoever waits for this one is told what the one in its place has found.
		if (mine !== this.#newest) await this.#newest;
	}

	/** Drops the count that is under way. */
	stop(): void {
		this.#stopping.abort();
	}

	async #count(things: readonly KeptThing[], signal: AbortSignal): Promise<void> {
		const counted = things.map(async ({ id, places }) => {
			const bytes = await Promise.all(places.map((place) => this.#bytesIn(place, signal))).catch(() => null);
			return [id, bytes && bytes.reduce((sum, size) => sum + size, 0)] as const;
		});
		const sizes = Object.fromEntries(await Promise.all(counted));
		if (!signal.aborted) this.#sizes = sizes;
	}
}
