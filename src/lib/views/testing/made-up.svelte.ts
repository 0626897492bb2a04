/** A third family, for tests of what asks a view and not which family it is of; nothing that is shipped imports this file. */
import { MADE_UP, type Capabilities, type Stage } from '../../engine/testing/made-up';
import { firstPatch, placeOf, tokenAt, type Grid } from '../../marks/tokens';
import type { Layer, Pattern, Shown } from '../../run/shown';
import { photo, result } from '../../run/testing';
import { BaseView } from '../base-view.svelte';
import type { ViewFamily } from '../family';
import type { Figures, MapGroup } from '../model-view';
import type { ShownWindows } from '../windows/patterns';

/** Weights of every head on every token of the block's own grid, whichever token looks. */
export interface MadeUpPattern extends Pattern {
	readonly stage: Stage;
}

export const NO_PANELS = { over: null, beside: null, below: null, query: null, maps: null };

/** A third family: what no other has is that a head gives the same weights to every query. */
export class MadeUpView extends BaseView<Shown['model']['config'], MadeUpPattern> {
	override get grid(): Grid {
		const { stage } = this.layers[this.placed ?? -1]?.heads ?? {};
		return stage ? { ...this.patchGrid, rows: stage.rows, columns: stage.columns } : this.patchGrid;
	}

	override get token(): number {
		return this.#moved(super.token, this.patchGrid, this.grid);
	}

	override get hovered(): number | null {
		const patch = super.hovered;
		return patch === null ? null : this.#moved(patch, this.patchGrid, this.grid);
	}

	override pick(token: number): void {
		super.pick(this.#moved(token, this.grid, this.patchGrid));
	}

	#moved(token: number, from: Grid, to: Grid): number {
		const place = placeOf(token, from);
		return place ? tokenAt((place.column + 0.5) / from.columns, (place.row + 0.5) / from.rows, to) : token;
	}

	protected override overMap({ data, stage }: MadeUpPattern, head: number): Float32Array {
		const size = stage.rows * stage.columns;
		return data.subarray(head * size, (head + 1) * size);
	}

	protected override pickedLine(): null {
		return null;
	}

	protected override smallMapOf(pattern: MadeUpPattern, head: number): Float32Array {
		return this.overMap(pattern, head);
	}

	protected override async statsOf(pattern: MadeUpPattern): Promise<Figures> {
		return this.rowStatsOf(pattern);
	}

	protected override rowStatsOf(pattern: MadeUpPattern): Figures {
		return { entropy: Math.log(pattern.data.length), distance: null, cls: null };
	}

	protected readonly columns = [{ name: 'Entropy', unit: 'nats', title: 'Of the weights' }];
	protected override cells({ entropy }: Figures): string[] {
		return [entropy.toFixed(2)];
	}

	protected readonly normsNote = 'How long each patch’s vector is.';
	readonly scaleSentence = 'Up to the largest weight.';
	readonly dark = '';
	readonly ownScale = 'Each map up to its own largest weight.';
	readonly look = 'Where every token looks.';

	protected override sayWeight(token: number): string {
		return `The weight is ${this.values?.[token - firstPatch(this.grid)] ?? 'none'}.`;
	}

	readonly groups = $derived.by((): MapGroup[] => {
		const all = this.layers.map(({ heads }) => heads.stage);
		const stages = all.filter((stage, i) => all.indexOf(stage) === i);
		return stages.map(({ rows, columns, blocks }, i) => {
			const label = `Every head of stage ${i + 1}`;
			const first = all.findIndex((stage) => stage === stages[i]);
			return { title: `Stage ${i + 1}`, label, caption: label, note: '', first, blocks, rows, columns };
		});
	});

	readonly line = $derived.by(() => this.values && { ...this.grid, values: this.values, before: 0 });

	get reach(): number | null {
		return this.values?.length ?? null;
	}

	protected override stopOf(block: number) {
		return { label: `B${block}`, grid: this.layers[block]?.heads.stage ?? this.patchGrid };
	}
}

function layersOf({ stages, attends }: Capabilities, next: () => number): Layer<MadeUpPattern>[] {
	if (!attends) return [];
	return stages.flatMap((stage) =>
		Array.from({ length: stage.blocks }, () => {
			const pattern = (heads: number) => ({
				stage,
				heads,
				data: Float32Array.from({ length: heads * stage.rows * stage.columns }, () => next())
			});
			return { heads: pattern(stage.heads), mean: pattern(1) };
		})
	);
}

/** A run of a network that can do so much. @param next gives numbers in [0, 1) */
export function madeUpRun(capabilities: Capabilities, next: () => number): Shown {
	const [{ rows, columns }] = capabilities.stages;
	const model = { ...result(1).model, id: MADE_UP };
	return {
		photo: photo('a photo'),
		crop: null,
		edits: [],
		model,
		result: { ...result(1), model },
		picture: photo('cut').bitmap,
		grid: { rows, columns, prefix: capabilities.prefix },
		layers: layersOf(capabilities, next),
		embeddingNorms: Float32Array.from({ length: rows * columns }, () => next())
	};
}

/** What the lesson asks of the family. */
export const madeUpViewFamily: Pick<ViewFamily, 'differences' | 'inWindows'> = {
	differences: () => ['it is made up'],
	// A made-up network attends in windows as a Swin does, or not at all in any.
	inWindows: (layers) => layers.filter((layer): layer is ShownWindows => 'layout' in layer.heads)
};
