import { attentionOf } from '../../../src/lib/analysis/attention';
import { relevanceFrom, relevanceTaps } from '../../../src/lib/analysis/relevance';
import type { Edit } from '../../../src/lib/engine/edits/edit';
import { asViT } from '../../../src/lib/engine/families';
import type { Model } from '../../../src/lib/engine/model';
import type { Trace } from '../../../src/lib/engine/trace';
import type { EngineRequest } from '../alone/main';
import { inputOf, loadOurs, start } from '../page/ours';
import { timed } from '../page/timed';

/** Milliseconds of each turn; what belongs together has the same place. */
export interface CostTimes {
	readonly threads: number;
	readonly blocks: number;
	readonly heads: number;
	/** Of a run that keeps its logits alone: the mean of one before all else of the turn and one after it. */
	readonly plain: readonly number[];
	/** From the pixels to one row of the product: a run that keeps all, the way back, all that is read. */
	readonly relevance: readonly number[];
	/** Of a head switched off, from the untouched run on; one list a block. */
	readonly edits: Readonly<Record<number, readonly number[]>>;
	/** Of every head of every block switched off, one after the other. */
	readonly sweep: readonly number[];
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
		const config = asViT(this.model.config);
		const names = relevanceTaps(config);
		const trace = await this.model.run(this.#pixels);
		const gradients = await this.model.gradients(trace, { classIndex: 0, names });
		const patterns = await Promise.all(names.map((name) => trace.read(name)));
		const slopes = await Promise.all(names.map((name) => gradients.read(name)));
		for (const owner of [gradients, trace]) owner.dispose();
		const [values, byThem] = [patterns, slopes].map((taps) => taps.map((tap) => attentionOf(tap, config)));
		await relevanceFrom(values ?? [], byThem ?? [], 0);
	}

	async #logits(options: Parameters<Model['run']>[1]): Promise<void> {
		const trace = await this.model.run(this.#pixels, { ...options, taps: (name) => name === 'logits' });
		await trace.read('logits');
		trace.dispose();
	}
}

/** Times everything in turn, after a turn that does not count. */
async function costs({ model: folder, backend, threads }: EngineRequest, turns: number): Promise<CostTimes> {
	const threadsHere = await start(backend, { threads });
	const own = new Costs(await loadOurs(folder));
	const { depth: blocks, heads } = asViT(own.model.config);
	const asked = [...new Set([0, Math.floor(blocks / 2), blocks - 1])];
	const edits: Record<number, number[]> = Object.fromEntries(asked.map((block) => [block, []]));
	const times = { plain: [] as number[], relevance: [] as number[], sweep: [] as number[] };
	await own.begin();
	const sweep = async () => {
		for (let i = 0; i < blocks * heads; i++) await own.edited(Math.floor(i / heads), i % heads);
	};
	for (let turn = -1; turn < turns; turn++) {
		const [before] = await timed(() => own.plain());
		const [relevance] = await timed(() => own.relevance());
		const found: [block: number, time: number][] = [];
		for (const block of asked) found.push([block, (await timed(() => own.edited(block, 0)))[0]]);
		const [swept] = await timed(sweep);
		const [after] = await timed(() => own.plain());
		if (turn < 0) continue;
		times.plain.push((before + after) / 2);
		times.relevance.push(relevance);
		times.sweep.push(swept);
		for (const [block, time] of found) edits[block]?.push(time);
	}
	return { threads: threadsHere, blocks, heads, ...times, edits };
}

declare global {
	interface Window {
		costs: typeof costs;
	}
}

window.costs = costs;
