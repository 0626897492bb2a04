import { attentionOf, linesOf, meanOverHeads, type Attention } from '../../analysis/attention';
import { inSentence } from '../../base/language';
import { lastFew } from '../../base/memo';
import { isMade } from '../../engine/edits/names';
import type { Part } from '../../engine/part';
import type { TapData } from '../../engine/tap';
import type { ViTConfig } from '../../engine/vit/config';
import type { Layer, Shown } from '../../run/shown';
import type { Looking } from '../looking';
import { Making, type Sources, type Workshop } from '../making.svelte';
import { PASSED_BY, patternOf } from './patterns';
import { POOLING, poolingLines, poolingOf } from './pooling';

/** What the patterns that are read belong to. */
interface Host {
	readonly selection: Looking;
	readonly workshop: Workshop;
	blockName(block: number): string;
}

/**
 * The patterns of a run that the page has no room for: of the block that is looked at all of them, as halves, so that
 * nothing has to be asked while the pointer moves, and of every block the lines of the token that was picked. What is missing is made
 * while it is looked at, see `Making`.
 */
export class LookedAt {
	readonly #shown: Shown<ViTConfig, Attention>;
	readonly #host: Host;
	/** One block only: the next one takes its place before it is read. */
	readonly #whole = lastFew<Making<Layer<Attention>>>(1);
	readonly #lines: ReturnType<typeof lastFew<Making<Layer<Attention>>>>;

	constructor(shown: Shown<ViTConfig, Attention>, host: Host) {
		this.#shown = shown;
		this.#host = host;
		// Those of the token that was picked before, too: a reader goes back and forth between two.
		this.#lines = lastFew(2 * shown.layers.length);
	}

	/** One a block: what is there of it. */
	get layers(): readonly Layer<Attention>[] {
		const { block } = this.#host.selection;
		const whole = this.#wholeOf(block).value;
		return this.#shown.layers.map((none, i) => (i === block && whole) || (this.#linesOf(i).value ?? none));
	}

	/** What has to be read, in this order: what lies over the photo first. */
	get made(): readonly Making<unknown>[] {
		const { block } = this.#host.selection;
		const others = Array.from(this.#shown.layers.keys()).filter((i) => i !== block);
		return [this.#wholeOf(block), ...[block, ...others].map((i) => this.#linesOf(i))];
	}

	/** The means over the heads of the blocks, which mix the tokens; each is read when it is asked for. */
	means(read: Sources['read']): (() => Promise<Attention>)[] {
		const { config } = this.#shown.model;
		return Array.from({ length: config.depth }, (_, block) => () => this.#meanOf(block, read));
	}

	#wholeOf(block: number): Making<Layer<Attention>> {
		const label = `Reading the attention of ${inSentence(this.#host.blockName(block))}`;
		return this.#whole(String(block), () => this.#making(label, (read) => this.#read(block, read)));
	}

	#linesOf(block: number): Making<Layer<Attention>> {
		const { picked } = this.#host.selection;
		const label = `Reading the small maps of ${inSentence(this.#host.blockName(block))}`;
		return this.#lines(`${block} ${picked}`, () => this.#making(label, (read) => this.#readLines(block, picked, read)));
	}

	#making(label: string, make: (read: Sources['read']) => Promise<Layer<Attention>>): Making<Layer<Attention>> {
		return new Making(this.#host.workshop, label, ({ read }, { signal }) =>
			make((names, options) => read(names, { ...options, signal }))
		);
	}

	async #read(block: number, read: Sources['read']): Promise<Layer<Attention>> {
		const { config } = this.#shown.model;
		const name = this.#nameOf(block);
		if (name === POOLING) return withMean(poolingOf(await one(read, name), config));
		const heads = attentionOf(name ? await one(read, name, { halves: 'heads' }) : NOTHING, config);
		return { heads, mean: await this.#meanOf(block, read, { halves: 'mean' }) };
	}

	async #readLines(block: number, token: number, read: Sources['read']): Promise<Layer<Attention>> {
		const { config } = this.#shown.model;
		const name = this.#nameOf(block);
		if (name === POOLING) return withMean(poolingLines(await one(read, name), token, config));
		if (!name) return withMean(linesOf(PASSED_BY, token, config));
		return withMean(linesOf(await one(read, name, { lines: token }), token, config));
	}

	/** Made where the pattern is: over all of a large one, the page would stand still. */
	async #meanOf(block: number, read: Sources['read'], part: Part = 'mean'): Promise<Attention> {
		const { config } = this.#shown.model;
		const name = this.#nameOf(block);
		const tap = name ? await one(read, name, part) : NOTHING;
		return attentionOf(tap, { ...config, heads: 1 });
	}

	/** The tap of a block's pattern; null where the run has passed it by. */
	#nameOf(block: number): string | null {
		const { model, result } = this.#shown;
		if (block === model.config.depth) return POOLING;
		const name = patternOf(block);
		return isMade(name, result.edits) ? name : null;
	}
}

/** What stands for a large pattern that the run has passed by. */
const NOTHING: TapData = { ...PASSED_BY, halves: new Uint16Array() };

const withMean = (heads: Attention): Layer<Attention> => ({ heads, mean: meanOverHeads(heads) });

async function one(read: Sources['read'], name: string, part: Part | null = null): Promise<TapData> {
	const [tap] = await read([name], { part });
	if (!tap) throw new Error(`Nothing was read of '${name}'.`);
	return tap;
}
