import { untrack } from 'svelte';
import type { ModelConfig } from '../engine/families';
import type { PreprocessConfig } from '../engine/config';
import type { Edit } from '../engine/edits/edit';
import { isSameSize } from '../engine/resolution';
import { PatchworkError } from '../base/errors';
import { largestCrop } from '../run/crop';
import { App } from '../app/app.svelte';
import { notHere } from '../app/words';
import type { ModelEntry } from '../models/registry';
import type { Sample } from '../photo/manifest';
import type { Shown } from '../run/shown';
import type { Photo } from '../photo/photo';
import type { Permalink } from '../run/url';
import type { Crop } from '../engine/crop';
import type { Kind } from './kinds';

/** What panel B had, or shall have, besides what it shares with panel A. */
interface Wish {
	/** The other model, where two are compared. */
	model: string | null;
	/** The other photo, where two are compared: a sample, or a file of the reader's. */
	sample: string | null;
	own: { readonly file: Blob; readonly title: string } | null;
	/** Whether a link asked for a photo of somebody's own, which it could not carry. */
	missing: boolean;
}

/**
 * A second run beside the first, for what one cannot tell: another photo, the same photo after an edit, or another model.
 * It is there when a comparison first needs it, keeps in step with the first, and ends with the page. By the same model
 * it is made in the first one's engine. Another model has an engine of its own, which shares nothing with the first but
 * the files that the browser keeps. Whatever fails or is cancelled in the one run leaves the other as it is.
 */
export class Second {
	readonly #first: App;
	readonly #make: (first: App, shares: boolean) => App;
	#app = $state.raw<App | null>(null);
	/** Whether that runs in the first one's engine. */
	#shares = $state(false);
	#edits = $state.raw<readonly Edit[] | null>(null);
	/** What was last asked to be shown after an edit. */
	#edited: { readonly shown: Shown; readonly edits: readonly Edit[] } | null = null;
	readonly #wish: Wish = { model: null, sample: null, own: null, missing: false };
	/** What it was brought to last. */
	#kind: Kind = 'heads';
	/** The question of panel A that it was last asked as well. */
	#copied: { readonly photo: Photo; readonly crop: Crop | null } | null = null;

	/** Whether a photo of its own was opened; that has to wait for the list of samples. */
	#hasPhoto = false;

	/** @param make a stand-in for tests */
	constructor(first: App, make = (beside: App, shares: boolean) => new App(beside, shares)) {
		this.#first = first;
		this.#make = make;
	}

	/** Null until it was needed. */
	get app(): App | null {
		return this.#app;
	}

	/** Whether it is made in the first one's engine. */
	get shares(): boolean {
		return this.#shares;
	}

	/** What it does otherwise than A's run, where two heads are of that run before and after; null where both are of one run. */
	get edits(): readonly Edit[] | null {
		return this.#edits;
	}

	set edits(edits: readonly Edit[] | null) {
		this.#edits = edits;
	}

	/** Whether what is shown in B is what is to be held against A's run: the same after the edits. */
	isAfter(a: Shown, b: Shown): boolean {
		return b.edits === this.#edits && a.photo.blob === b.photo.blob && isSameCrop(a.result.crop, b.result.crop);
	}

	/** Takes over what a link says of panel B. */
	wish({ model, sample, photo }: Pick<Partial<Permalink>, 'model' | 'sample' | 'photo'>): void {
		this.#wish.model = model ?? this.#wish.model;
		this.#wish.sample = sample ?? this.#wish.sample;
		this.#wish.missing = photo === 'own';
	}

	/** Brings it in step with what panel A shows. Call it in an effect: it is to be called again when that changes. */
	follow(kind: Kind): void {
		const { shown } = this.#first.session;
		const loaded = this.#app?.session.model ?? null;
		const { samples } = this.#first;
		const edits = kind === 'heads' ? this.#edits : null;
		if (!shown || (kind === 'heads' && !edits)) return;
		untrack(() => {
			const entering = kind !== this.#kind;
			if (entering && this.#app) this.#leave(this.#app);
			this.#kind = kind;
			const second = this.#appFor(kind);
			if (edits) this.#afterEdits(second, shown, edits);
			else if (kind === 'photos') this.#besidePhoto(second, shown, samples, entering);
			else this.#besideModel(second, shown, loaded?.config ?? null, entering);
		});
	}

	/** Asks again for whatever failed or was cancelled. */
	retry(): void {
		const kind = this.#kind;
		if (this.#app) this.#leave(this.#app);
		this.#kind = 'heads';
		this.follow(kind);
	}

	stop(): void {
		this.#app?.session.stop();
		this.#app = null;
		this.#kind = 'heads';
		this.#edited = null;
	}

	/** What runs for a kind of comparison: in an engine of its own for another model, else in the first one's. */
	#appFor(kind: Kind): App {
		const shares = kind !== 'models';
		if (this.#app && this.#shares === shares) return this.#app;
		this.#app?.session.stop();
		const second = this.#make(this.#first, shares);
		[this.#app, this.#shares, this.#edited] = [second, shares, null];
		// One of its own runs where the first engine does: that was found to be the fastest.
		void second.session.start(this.#first.session.backend?.name ?? null);
		return second;
	}

	/** Remembers what belongs to the kind of comparison that is left. */
	#leave(second: App): void {
		const { shown } = second.session;
		if (this.#kind === 'models') this.#wish.model = second.chosenModel ?? this.#wish.model;
		if (this.#kind === 'photos' && shown) {
			const { sample, blob, title } = shown.photo;
			this.#wish.sample = sample;
			this.#wish.own = sample === null ? { file: blob, title } : null;
		}
		this.#copied = null;
		this.#edited = null;
	}

	/** The same model on a photo of its own. */
	#besidePhoto(second: App, { model, photo }: Shown, samples: readonly Sample[], entering: boolean): void {
		if (second.chosenModel !== model.id) this.#use(second, this.#first.library.find(model.id));
		else if (!isSameSize(second.session.imageSize, this.#first.session.imageSize))
			void second.session.readAt(this.#first.session.imageSize);
		if (entering) this.#hasPhoto = false;
		if (this.#hasPhoto) return;
		const { own, sample, missing } = this.#wish;
		this.#hasPhoto = own !== null || samples.length > 0;
		if (own) return void second.openFile(own.file, own.title);
		const ids = samples.map(({ id }) => id);
		const next = ids[(ids.indexOf(photo.sample ?? '') + 1) % ids.length];
		const wanted = sample !== null && ids.includes(sample) ? sample : next;
		if (wanted !== undefined) void second.openSample(wanted, missing);
		// That is said once.
		this.#wish.missing = false;
	}

	/** A's run once more with something changed. */
	#afterEdits(second: App, shown: Shown, edits: readonly Edit[]): void {
		if (this.#edited?.shown === shown && this.#edited.edits === edits) return;
		this.#edited = { shown, edits };
		void second.session.showAfter(shown, edits, () => copyOf(shown.photo));
	}

	/** Another model on the same region of the same photo. */
	#besideModel(second: App, shown: Shown, loaded: ModelConfig | null, entering: boolean): void {
		if (entering) void this.#useOther(second, shown.model.id);
		// The model decides which crop is the same, so it comes first.
		if (!loaded || second.chosenModel !== second.session.model?.id) return;
		const { photo } = shown;
		const crop = shown.crop === null && isFramedAlike(loaded, shown.model.config) ? null : insideOf(shown);
		if (this.#copied?.photo === photo && isSameCrop(this.#copied.crop, crop)) return;
		this.#copied = { photo, crop };
		void second.session.open(`Opening '${photo.title}' for B`, () => copyOf(photo), crop);
	}

	/** The model of a link or of before, where no download is needed; else another one that is here. */
	#otherModel(id: string): ModelEntry | null {
		const { library } = this.#first;
		const here = [...library.models, ...library.own.entries].filter((entry) => library.place(entry) !== 'hub');
		const wanted = here.find((entry) => entry.id === this.#wish.model);
		return wanted ?? here.find((entry) => entry.id !== id) ?? null;
	}

	async #useOther(second: App, id: string): Promise<void> {
		const { model: wanted } = this.#wish;
		const entry = this.#otherModel(id);
		if (!entry || second.chosenModel === entry.id) return;
		await second.useModel(entry);
		if (wanted === null || wanted === entry.id) return;
		const named = this.#first.library.find(wanted);
		second.session.models.report(notHere(wanted, named?.title ?? null, entry.title));
	}

	/** With none to be had, nothing is loaded: the panel then says what can be done. */
	#use(second: App, entry: ModelEntry | null): void {
		if (entry && second.chosenModel !== entry.id) void second.useModel(entry);
	}
}

/** Whether two models see the same region of a photo when nobody chose one. */
export function isFramedAlike({ preprocess: a }: ModelConfig, { preprocess: b }: ModelConfig): boolean {
	const framing = ({ size, resize, crops, rounding, pads }: PreprocessConfig) =>
		JSON.stringify([size, resize, crops, rounding, pads]);
	return framing(a) === framing(b);
}

/** The region that was seen; the largest of its shape inside the photo, where it reaches beyond. */
function insideOf({ result: { crop }, photo: { bitmap } }: Shown): Crop {
	const isInside = crop.width <= bitmap.width && crop.height <= bitmap.height;
	return isInside ? crop : largestCrop(bitmap, crop.width / crop.height);
}

function isSameCrop(a: Crop | null, b: Crop | null): boolean {
	if (!a || !b) return a === b;
	return (['x', 'y', 'width', 'height'] as const).every((key) => a[key] === b[key]);
}

/** A photo of its own, for each session closes the bitmaps that it holds. */
async function copyOf(photo: Photo): Promise<Photo> {
	try {
		return { ...photo, bitmap: await createImageBitmap(photo.bitmap) };
	} catch {
		throw new PatchworkError('photo', 'There is no memory left to open the photo a second time; try a smaller one.');
	}
}
