import type { Attention } from '../../analysis/attention';
import type { ViTConfig } from '../../engine/vit/config';
import { weightPercent } from '../../marks/numbers';
import { hasCls } from '../../marks/tokens';
import { BaseView } from '../base-view.svelte';
import { tokenMap, type TokenMap } from '../maps';
import type { Figures, Line, MapGroup, Whole } from '../model-view';
import { headStats, queryStats } from '../stats';
import { littleNote, mapSentence, scaleNote, tokenName, weightSentence } from '../words';
import { lineOf } from './line';

/** What one sequence of tokens through all blocks looks like: every query has a weight on every token. */
export class SequenceView extends BaseView<ViTConfig, Attention, Figures> {
	/** The map of the query in the chosen head. */
	readonly map = $derived.by(
		(): TokenMap | null => this.chosen && this.#mapOf(this.chosen.attention, this.chosen.head)
	);

	#mapOf(attention: Attention, head: number): TokenMap {
		return tokenMap(attention, head, this.selection.token, this.selection.direction);
	}

	protected override overMap(attention: Attention, head: number): Float32Array {
		return this.#mapOf(attention, head).patches;
	}

	protected override smallMapOf(attention: Attention, head: number): Float32Array {
		return this.#mapOf(attention, head).patches;
	}

	protected override statsOf(attention: Attention, head: number): Figures {
		return headStats(attention, head);
	}

	protected override rowStatsOf(attention: Attention, head: number): Figures {
		return queryStats(attention, head, this.selection.token);
	}

	protected readonly normsNote =
		"Length (Euclidean norm) of each patch's embedding with its position, from the least to the most.";

	protected get scaleSentence(): string {
		return [this.dark, scaleNote(this.settings.scale, this.selection.head, this.grid)].filter(Boolean).join(' ');
	}

	get dark(): string {
		return this.map ? littleNote(this.map, this.selection.direction) : '';
	}

	readonly ownScale = 'Each map up to its own largest weight on a patch.';

	get look(): string {
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
		return [{ title: '', label, caption: label, note, first: 0, blocks: this.layers.length, rows, columns }];
	}

	readonly #means = $derived.by(() => this.layers.map(({ mean }) => mean));
	override get sequences(): readonly Attention[] {
		return this.#means;
	}

	override get whole(): Whole | null {
		return this.chosen;
	}

	readonly line = $derived.by(
		(): Line | null => this.chosen && lineOf(this.chosen, this.selection.token, this.selection.direction)
	);

	get reach(): number | null {
		return this.chosen?.attention.tokens ?? null;
	}

	protected get columns() {
		/** The most that an entropy can be. */
		const most = Math.log(this.layers[0]?.heads.tokens ?? 1);
		return [
			{
				name: 'Entropy',
				unit: 'nats',
				title: `Mean entropy of the rows; ${most.toFixed(2)} nats would be even attention to every token`
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
		const share = cls === null ? [] : [`${(100 * cls).toFixed(1)} %`];
		return [entropy.toFixed(2), distance?.toFixed(0) ?? '–', ...share];
	}

	protected override get tableNote(): string {
		return '“Heads averaged” measures the average of the heads’ maps, so its entropy can exceed that of every head.';
	}

	protected override sayWeight(token: number): string {
		const { token: query, direction } = this.selection;
		if (!this.map) return tokenName(token, this.grid);
		return token === query
			? mapSentence(query, this.map, this.grid, direction)
			: weightSentence(query, token, this.map, this.grid, direction);
	}
}
