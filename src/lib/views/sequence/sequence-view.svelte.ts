import { fixed } from '../../base/numbers';
import type { Attention } from '../../analysis/attention';
import type { Pause } from '../../base/slices';
import type { ViTConfig } from '../../engine/vit/config';
import { weightPercent } from '../../marks/numbers';
import { firstPatch, hasCls } from '../../marks/tokens';
import { isUnread, type Layer } from '../../run/shown';
import { BaseView } from '../base-view.svelte';
import type { MapLine } from '../head-maps.svelte';
import type { Making } from '../making.svelte';
import { tokenMap, type TokenMap } from '../maps';
import type { Figures, Line, MapGroup, Whole } from '../model-view';
import type { Sequences } from '../overlays';
import { headStats, queryStats } from '../stats';
import { littleNote, mapSentence, scaleNote, tokenName, weightSentence } from '../words';
import { lineOf } from './line';
import { LookedAt } from './looked-at';

/** Before a token's lines are there. */
const NO_MAP: TokenMap = { patches: new Float32Array(), cls: null, prefix: new Float32Array() };

const hasLines = ({ only }: Attention, token: number): boolean => only?.includes(token) ?? true;

/** Said where the page has no room for the patterns of all blocks. */
const FOLLOWING =
	'At this size the page holds one block: its maps follow the pointer, those of the other blocks show the picked token.';

/** What one sequence of tokens through all blocks looks like: every query has a weight on every token. */
export class SequenceView extends BaseView<ViTConfig, Attention, Figures> {
	/** What is read while it is looked at, of a run that the page has no room for. */
	readonly #lookedAt = this.shown && isUnread(this.shown) ? new LookedAt(this.shown, this) : null;
	readonly #layers = $derived.by(() => this.#lookedAt?.layers ?? super.layers);
	override get layers(): readonly Layer<Attention>[] {
		return this.#layers;
	}

	override get made(): readonly Making<unknown>[] {
		return this.#lookedAt?.made ?? [];
	}

	/** The map of the query in the chosen head. */
	readonly map = $derived.by(
		(): TokenMap | null => this.chosen && this.#mapOf(this.chosen.attention, this.chosen.head)
	);

	#mapOf(attention: Attention, head: number): TokenMap {
		const { picked, direction } = this.selection;
		const token = attention.only ? picked : this.selection.token;
		if (!hasLines(attention, token)) return NO_MAP;
		return tokenMap(attention, head, token, this.#isPooling(attention) ? 'from' : direction);
	}

	/** What stands behind the last block, in a model whose patches a learned query pools; undefined in others. */
	get #pooling(): Layer<Attention> | undefined {
		return this.shown ? this.layers[this.shown.model.config.depth] : undefined;
	}

	#isPooling(attention: Attention): boolean {
		const { heads, mean } = this.#pooling ?? {};
		return attention === heads || attention === mean;
	}

	/** Whether it is the learned query's pattern that is looked at, and no token's. */
	get pools(): boolean {
		return this.chosen !== null && this.#isPooling(this.chosen.attention);
	}

	override blockName(block: number): string {
		return block === this.shown?.model.config.depth ? 'Pooling' : super.blockName(block);
	}

	protected override overMap(attention: Attention, head: number): Float32Array {
		return this.#mapOf(attention, head).patches;
	}

	protected override smallMapOf(attention: Attention, head: number): Float32Array {
		return this.#mapOf(attention, head).patches;
	}

	protected override async statsOf(attention: Attention, head: number, pause: Pause): Promise<Figures> {
		return this.#placeless(attention, await headStats(attention, head, pause));
	}

	protected override rowStatsOf(attention: Attention, head: number): Figures {
		return this.#placeless(attention, queryStats(attention, head, this.selection.token));
	}

	/** A learned query has no place to look from. */
	#placeless(attention: Attention, figures: Figures): Figures {
		return this.#isPooling(attention) ? { ...figures, distance: null } : figures;
	}

	protected readonly normsNote =
		'Length (Euclidean norm) of each patch’s embedding with its position, from the least to the most.';

	get scaleSentence(): string {
		return [this.dark, scaleNote(this.settings.scale, this.selection.head, this.grid)].filter(Boolean).join(' ');
	}

	get dark(): string {
		return this.map ? littleNote(this.map, this.selection.direction) : '';
	}

	readonly ownScale = 'Each map up to its own largest weight on a patch.';

	get look(): string {
		if (this.pools) return 'What the learned query attends to, whatever token is chosen.';
		const name = tokenName(this.selection.token, this.grid);
		return this.selection.direction === 'from' ? `What ${name} attends to.` : `What attends to ${name}.`;
	}

	override get share(): string {
		const cls = this.map?.cls ?? null;
		return cls === null ? '' : `${this.selection.direction === 'from' ? 'To' : 'From'} CLS: ${weightPercent(cls)}.`;
	}

	get groups(): readonly MapGroup[] {
		const { rows, columns } = this.grid;
		const label = 'Every head of every block';
		const note = scaleNote(this.settings.scale, 0, this.grid);
		const all = { title: '', label, caption: label, note, first: 0, blocks: this.layers.length, rows, columns };
		if (!this.#pooling) return [all];
		const blocks = this.layers.length - 1;
		const own = { label: 'Every head of the pooling', note: 'Its query is a learned one, whatever token is chosen.' };
		return [
			{ ...all, title: 'Blocks', blocks },
			{ ...all, ...own, title: 'Pooling', caption: own.label, first: blocks, blocks: 1 }
		];
	}

	protected override pickedLine(attention: Attention, head: number): MapLine | null {
		if (!hasLines(attention, this.selection.picked)) return null;
		return { ...lineOf({ attention, head }, this.selection.picked, 'from'), extent: this.extent };
	}

	override get boxNote(): string {
		return this.#pooling ? 'In the pooling a learned query looks, whatever token is chosen.' : '';
	}

	/** A pooling behind the blocks mixes no tokens. */
	readonly #means = $derived.by(() => this.layers.slice(0, this.shown?.model.config.depth).map(({ mean }) => mean));
	override get sequences(): Sequences {
		const lookedAt = this.#lookedAt;
		return lookedAt ? (read) => lookedAt.means(read) : () => this.#means;
	}

	override get smallMap(): string {
		return this.#lookedAt ? FOLLOWING : '';
	}

	override get whole(): Whole | null {
		return this.pools ? null : this.chosen;
	}

	readonly line = $derived.by(
		(): Line | null =>
			this.chosen && lineOf(this.chosen, this.selection.token, this.pools ? 'from' : this.selection.direction)
	);

	get reach(): number | null {
		return this.layers[this.selection.block]?.heads.tokens ?? null;
	}

	protected get columns() {
		/** The most that an entropy can be. */
		const most = Math.log(this.layers[0]?.heads.tokens ?? 1);
		return [
			{
				name: 'Entropy',
				unit: 'nats',
				title: `Mean entropy of the rows; ${fixed(most, 2)} nats would be even attention to every token`
			},
			{
				name: 'Distance',
				unit: 'px',
				title: 'Mean distance between a query patch and where it attends, weighted by the attention'
			},
			...(hasCls(this.grid)
				? [{ name: 'To CLS', unit: '', title: 'Mean share of the attention that goes to CLS' }]
				: [])
		];
	}

	protected override cells({ entropy, distance, cls }: Figures): string[] {
		const share = cls === null ? [] : [`${fixed(100 * cls, 1)} %`];
		return [fixed(entropy, 2), distance?.toFixed(0) ?? '–', ...share];
	}

	protected override get tableNote(): string {
		return '“Heads averaged” measures the average of the heads’ maps, so its entropy can exceed that of every head.';
	}

	protected override sayWeight(token: number): string {
		const { token: query, direction } = this.selection;
		if (!this.map) return tokenName(token, this.grid);
		if (this.pools) {
			const weight = this.map.patches[token - firstPatch(this.grid)] ?? 0;
			return `The learned query attends to ${tokenName(token, this.grid)}: ${weightPercent(weight)}`;
		}
		return token === query
			? mapSentence(query, this.map, this.grid, direction)
			: weightSentence(query, token, this.map, this.grid, direction);
	}
}
