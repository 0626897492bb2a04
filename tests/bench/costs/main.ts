import type { Edit } from '../../../src/lib/engine/edits/edit';
import { asViT } from '../../../src/lib/engine/families';
import type { Model } from '../../../src/lib/engine/model';
import { RELEVANCE } from '../../../src/lib/engine/relevance';
import type { Trace } from '../../../src/lib/engine/trace';
import type { EngineRequest } from '../alone/main';
import { inputOf, loadOurs, start } from '../page/ours';
import { timed } from '../page/timed';

/** Milliseconds of each turn, beside those of a plain run: the mean of one right before and one right after. */
export interface Beside {
	readonly times: readonly number[];
	readonly plain: readonly number[];
}

/** A plain run keeps its logits alone. */
export interface CostTimes {
	readonly threads: number;
	readonly blocks: number;
	readonly heads: number;
	/** From the pixels to one row of the product: a run that keeps all, the way back, what is read. */
	readonly relevance: Beside;
	/** Of a head switched off, from the untouched run on; one list a block. */
	readonly edits: Readonly<Record<number, Beside>>;
	/** Of every head of every block switched off, one after the other. */
	readonly sweep: Beside;
}

/** One model on one input, and what is done with it. */
class Costs {
	readonly #pixels: Float32Array;
	#untouched: Trace | null = null;

	constructor(readonly model: Model) {
		this.#pixels = inputOf(model);
	}

	async begin(): Promise<void> {
		this.#untouched = await this.model.run(this.#pixels);
	}

	async plain(): Promise<void> {
		await this.#logits({});
	}

	async edited(block: number, head: number): Promise<void> {
		const edits: Edit[] = [{ tap: `blocks.${block}.attn.head_out`, head, do: 'zero' }];
		await this.#logits({ edits, ...(this.#untouched && { untouched: this.#untouched }) });
	}

	async relevance(): Promise<void> {
		const trace = await this.model.run(this.#pixels);
		const gradients = await this.model.gradients(trace, { classIndex: 0, names: [RELEVANCE] });
		await gradients.read(RELEVANCE);
		for (const owner of [gradients, trace]) owner.dispose();
	}

	async #logits(options: Parameters<Model['run']>[1]): Promise<void> {
		const trace = await this.model.run(this.#pixels, { ...options, taps: (name) => name === 'logits' });
		await trace.read('logits');
		trace.dispose();
	}
}

/** What is timed, turn by turn, with its plain runs. */
class Timing implements Beside {
	readonly times: number[] = [];
	readonly plain: number[] = [];

	constructor(
		readonly costs: Costs,
		readonly work: () => Promise<void>
	) {}

	/** @param counts whether it is more than a warm-up */
	async turn(counts: boolean): Promise<void> {
		const [before] = await timed(() => this.costs.plain());
		const [time] = await timed(this.work);
		const [after] = await timed(() => this.costs.plain());
		if (!counts) return;
		this.times.push(time);
		this.plain.push((before + after) / 2);
	}
}

/** Times everything in turn, after a turn that does not count; last what leaves the most to be cleared away. */
async function costs({ model: folder, backend, threads }: EngineRequest, turns: number): Promise<CostTimes> {
	const threadsHere = await start(backend, { threads });
	const own = new Costs(await loadOurs(folder));
	const { depth: blocks, heads } = asViT(own.model.config);
	await own.begin();
	const asked = [...new Set([0, Math.floor(blocks / 2), blocks - 1])];
	const edits = Object.fromEntries(asked.map((block) => [block, new Timing(own, () => own.edited(block, 0))]));
	const sweep = new Timing(own, async () => {
		for (let i = 0; i < blocks * heads; i++) await own.edited(Math.floor(i / heads), i % heads);
	});
	const relevance = new Timing(own, () => own.relevance());
	for (let turn = -1; turn < turns; turn++) {
		for (const timing of [...Object.values(edits), sweep, relevance]) await timing.turn(turn >= 0);
	}
	const listed = ({ times, plain }: Timing): Beside => ({ times, plain });
	const ofEdits = Object.fromEntries(Object.entries(edits).map(([block, timing]) => [block, listed(timing)]));
	return { threads: threadsHere, blocks, heads, relevance: listed(relevance), sweep: listed(sweep), edits: ofEdits };
}

declare global {
	interface Window {
		costs: typeof costs;
	}
}

window.costs = costs;
