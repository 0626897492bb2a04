import type { Anatomy } from '../family';
import type { TapSpec } from '../tap';
import type { Edit, EditTo, Part, Source } from './edit';
import { keeping, keptTokens, meanOver, numbersOver, permuted, uniform } from './lay-out';
import { matches } from './names';
import type { Planned } from './planned';
import { shortened, WHOLE, type Sequence, type Tops } from './tokens';
import { refuse, View } from './view';

/** What happens at one tap. */
export interface PlannedTap {
	/** Its shape before the edits, as they see it. */
	readonly shape: readonly number[];
	/** Of pixels that are seen patch by patch, because tokens are meant: the side of a patch. Null for as they are. */
	readonly patchSize: number | null;
	readonly edits: readonly Planned[];
}

/** All that a run does otherwise than the model. */
export interface EditPlan {
	/** Of the model that they are edits of. */
	readonly anatomy: Anatomy;
	/** By tap or parameter. */
	readonly taps: ReadonlyMap<string, PlannedTap>;
	/** Blocks that are passed by. */
	readonly skipped: ReadonlySet<string>;
	/** Taps as this run makes them, by name. */
	readonly specs: ReadonlyMap<string, TapSpec>;
	/** Taps that the edits read while the run goes on. */
	readonly read: ReadonlySet<string>;
}

/**
 * Makes of edits what the run will do, tap by tap.
 * @param tops tokens that `top` stands for, found in the untouched run
 * @throws PatchworkError `request`: an edit that does not fit this model, by its number (from 1)
 */
export function planEdits(edits: readonly Edit[], anatomy: Anatomy, tops: Tops): EditPlan {
	const planner = new Planner(edits, anatomy, tops);
	return planner.plan();
}

/** What a block hands on, by its name. */
const BLOCK_OUT = /(^|\.)blocks\.\d+\.out$/;

/** An edit with its place in the list, from 1. */
interface Numbered {
	readonly edit: Edit;
	readonly number: number;
}

class Planner {
	readonly #numbered: readonly Numbered[];
	readonly #read = new Set<string>();
	/** The tokens at every tap planned so far. */
	readonly #sequences = new Map<string, Sequence>();

	constructor(
		edits: readonly Edit[],
		private readonly anatomy: Anatomy,
		private readonly tops: Tops
	) {
		this.#numbered = edits.map((edit, i) => ({ edit, number: i + 1 }));
	}

	plan(): EditPlan {
		const skipped = this.#skips();
		const isSkipped = (name: string) => [...skipped].some((block) => name.startsWith(`${block}.`));
		const { parameters, taps: intermediates } = this.anatomy;
		this.#checkNames(skipped, isSkipped);
		const taps = new Map<string, PlannedTap>();
		const specs = new Map<string, TapSpec>();
		let sequence = WHOLE;
		for (const made of [...parameters, ...intermediates]) {
			if (isSkipped(made.name)) continue;
			const isParameter = made.name.startsWith('parameters.');
			const spec = isParameter ? made : shortened(made, sequence);
			const here = this.#numbered.filter(({ edit }) => edit.do !== 'skip' && matches(edit.tap, made.name));
			const tap = here.length > 0 ? this.#tap(spec, here, sequence) : null;
			if (tap) taps.set(made.name, tap.planned);
			if (tap) sequence = tap.sequence;
			this.#sequences.set(made.name, sequence);
			if (!isParameter) specs.set(made.name, shortened(made, sequence));
		}
		return { anatomy: this.anatomy, taps, skipped, specs, read: this.#read };
	}

	/** The blocks that are passed by. */
	#skips(): ReadonlySet<string> {
		const { blocks } = this.anatomy;
		const skipped = new Set<string>();
		for (const { edit, number } of this.#numbered) {
			if (edit.do !== 'skip') continue;
			const named = blocks.filter((name) => matches(edit.tap, name));
			if (named.length === 0)
				throw refuse(
					number,
					this.#isPart(edit.tap)
						? `"${edit.tap}" makes another shape than it reads, so the next block cannot do without it`
						: `"${edit.tap}" is no block of this model, and only blocks can be skipped: write e.g. "${blocks[0] ?? 'blocks.0'}"`
				);
			for (const name of named) skipped.add(name);
		}
		return skipped;
	}

	/** Whether taps are made in a part of the model that can't be skipped, and is a block all the same. */
	#isPart(name: string): boolean {
		return this.anatomy.taps.some((tap) => BLOCK_OUT.test(tap.name) && matches(name, tap.name.slice(0, -4)));
	}

	#checkNames(skipped: ReadonlySet<string>, isSkipped: (name: string) => boolean): void {
		const { parameters, taps } = this.anatomy;
		const names = [...parameters, ...taps].map(({ name }) => name);
		for (const { edit, number } of this.#numbered) {
			if (edit.do === 'skip') continue;
			const meant = names.filter((name) => matches(edit.tap, name));
			if (meant.length === 0) throw refuse(number, `this model has no tap or parameter "${edit.tap}"`);
			if (meant.every(isSkipped))
				throw refuse(number, `"${edit.tap}" is of a block that another edit skips (${[...skipped].join(', ')})`);
		}
	}

	#tap(spec: TapSpec, here: readonly Numbered[], sequence: Sequence): { planned: PlannedTap; sequence: Sequence } {
		const inPatches =
			spec.name === 'pixel_values' &&
			here.some(({ edit }) => 'tokens' in edit || edit.do === 'permute' || 'of' in edit);
		const seen = inPatches ? this.#pixelsInPatches(here[0]?.number ?? 0) : spec;
		let now = seen;
		let left = sequence;
		const edits: Planned[] = [];
		for (const { edit, number } of here) {
			const view = new View(this.anatomy, now, left, number, this.tops);
			edits.push(this.#edit(edit, view));
			if (edit.do !== 'keep') continue;
			left = { kept: keptTokens(view, edit) };
			now = shortened(spec, left);
		}
		const patchSize = inPatches ? this.anatomy.patchSize : null;
		return { planned: { shape: seen.shape, patchSize, edits }, sequence: left };
	}

	/** The pixels as the patches that they are of. */
	#pixelsInPatches(number: number): TapSpec {
		const { imageSize, patchSize, taps } = this.anatomy;
		const [, channels = 0] = taps.find(({ name }) => name === 'pixel_values')?.shape ?? [];
		if (imageSize.some((side) => side % patchSize !== 0)) {
			throw refuse(
				number,
				'the patches of this model do not fill its picture, so its pixels cannot be changed patch by patch'
			);
		}
		const [height, width] = imageSize;
		return {
			name: 'pixel_values',
			shape: [1, (height / patchSize) * (width / patchSize), channels * patchSize ** 2],
			axes: ['batch', 'patch', 'pixel (channel, row, column)']
		};
	}

	#edit(edit: Edit, view: View): Planned {
		switch (edit.do) {
			case 'zero':
				return { kind: 'values', mask: view.mask(edit), values: 0 };
			case 'scale':
				return { kind: 'scale', mask: view.mask(edit), by: edit.by };
			case 'set':
				return { kind: 'values', mask: view.mask(edit), values: numbersOver(view, edit, edit.to) };
			case 'add':
				return { kind: 'add', mask: view.mask(edit), values: numbersOver(view, edit, edit.value) };
			case 'mean':
				return edit.over === 'photos' ? this.#photos(edit, view) : this.#mean(edit, view);
			case 'uniform':
				return uniform(view, edit);
			case 'permute':
				return permuted(view, edit);
			case 'keep':
				return keeping(view, edit);
			case 'replace':
				view.needsTap('a parameter is the same in every run');
				return { kind: 'replace', mask: view.mask(edit), run: String(edit.run) };
			case 'skip':
				throw new Error('Blocks that are skipped have no taps.');
		}
	}

	#photos(edit: Extract<EditTo<'mean'>, { over: 'photos' }>, view: View): Planned {
		view.needsTap('a parameter is the same in every run');
		return { kind: 'photos', mask: view.mask(edit), runs: edit.runs.map(String) };
	}

	#mean(edit: Extract<EditTo<'mean'>, { of?: Source }>, view: View): Planned {
		const mask = view.mask(edit);
		const { tap = null, ...part } = edit.of ?? partOf(edit);
		if (tap === null || tap === edit.tap || tap === view.spec.name)
			return { kind: 'mean', mask, from: { ...meanOver(view, part, edit.over), tap: null } };
		const made = this.anatomy.taps.find(({ name }) => name === tap);
		if (!made) throw view.refuse(`this model has no tap "${tap}"`);
		if (!this.#isBefore(tap, view.spec.name)) {
			throw view.refuse(`"${tap}" is not computed before "${view.spec.name}", so its mean cannot go there`);
		}
		this.#read.add(tap);
		const sequence = this.#sequences.get(tap) ?? WHOLE;
		const spec = shortened(made, sequence);
		const from = meanOver(new View(this.anatomy, spec, sequence, view.number, this.tops), part, edit.over);
		const mean = spec.shape.map((length, axis) => (from.axes.includes(axis) ? 1 : length));
		const own = view.spec.shape;
		if (mean.length !== own.length && own.length !== 2) throw view.refuse(unlike(tap, view.spec.name));
		const ends = mean.slice(-own.length);
		const fits = mean.slice(0, -own.length).every((length) => length === 1);
		if (!fits || ends.some((length, i) => length !== 1 && length !== own[i]))
			throw view.refuse(unlike(tap, view.spec.name));
		return { kind: 'mean', mask, from: { ...from, tap } };
	}

	/** Whether a tap is there when another one, or a parameter of the embedding, is made. */
	#isBefore(tap: string, other: string): boolean {
		const order = this.anatomy.taps.map(({ name }) => name);
		if (!other.startsWith('parameters.')) return order.indexOf(tap) < order.indexOf(other);
		return this.anatomy.embedded.includes(other) && order.indexOf(tap) < order.indexOf('embeddings');
	}
}

const unlike = (tap: string, name: string) => `the mean of "${tap}" has another shape than "${name}"`;

const partOf = ({ head, tokens }: Part): Source => ({
	...(head !== undefined && { head }),
	...(tokens !== undefined && { tokens })
});
