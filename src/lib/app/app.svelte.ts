import type { BackendName } from '../engine/backends/names';
import { PatchworkError } from '../base/errors';
import { liesOn, linkFaults } from './link-faults';
import { notHere } from './words';
import type { ModelEntry } from '../models/registry';
import { pickFromTransfer, type Transfer } from '../photo/from-transfer';
import { photoFromUrl, sharedAddress } from '../photo/from-url';
import { BROWSER, type Keeping } from './keeping';
import { Library } from './library.svelte';
import { sightOf } from '../run/places';
import { PhotoMemory, REMEMBERS_PHOTO } from './photo-memory.svelte';
import type { Sample } from '../photo/manifest';
import { fetchSamples, takeSample } from '../photo/samples';
import { Selection } from '../run/selection.svelte';
import { Session } from './session.svelte';
import { whenWrittenElsewhere } from '../base/other-tabs';
import { siteRoot } from '../base/site';
import type { Photo } from '../photo/photo';
import type { KeptPhoto } from '../photo/remember';
import { isOfOwnPhoto, photoLink, type Permalink, type Unread } from '../run/url';
import { ViewSettings } from '../run/view-settings.svelte';
import { EngineClient } from '../worker/client';
import { ModelChoice } from './choice.svelte';
import { decodeCalmly } from '../photo/photo-thread';
import { sharpPicture } from '../run/sharp';
import { limitsOf } from '../run/limits';
import { viewOf } from '../views/families';

/** One reader's app. It lives as long as the tab, so that a photo survives going from page to page. */
export class App {
	readonly session: Session;
	readonly library: Library;
	readonly choice: ModelChoice;
	readonly memory: PhotoMemory;
	readonly settings = new ViewSettings();
	readonly selection = new Selection(
		() => this.#limits,
		() => this.#sight
	);
	/** What is drawn of what is shown. */
	readonly view = $derived.by(() => viewOf(this.session.shown, this.selection, this.settings));

	/** The app that this one stands beside, as in a comparison. */
	readonly #first: App | null;
	#samples = $state.raw<readonly Sample[]>([]);
	#forced: BackendName | null = null;
	#threads: number | undefined = undefined;
	#booted: Promise<void> | null = null;
	/** What {@link begin} took up, until somebody opens something. */
	#begun: { readonly link: string; readonly opened: Promise<void> } | null = null;
	/** How many photos were asked for: who has waited sees by it whether another was meanwhile. */
	#photosAsked = 0;
	#missingPhoto = $state<string | null>(null);
	#linkNotice = $state<string | null>(null);

	readonly #limits = $derived.by(() => {
		const { shown } = this.session;
		return shown ? { ...limitsOf(shown), firstLook: this.entry?.firstLook } : limitsOf(null);
	});
	readonly #sight = $derived.by(() => this.session.shown && sightOf(this.session.shown));

	/**
	 * @param first where another app is at work already: this one shares its library and its list of samples.
	 * @param shares whether it also shares the engine of that one, and so its model. Else it has one of its own, which
	 * starts with `session.start`, and ends with `session.stop`.
	 * @param keeping where it keeps what the next visit finds again: the browser, unless something stands in for it
	 */
	constructor(first: App | null = null, shares = false, keeping: Keeping = BROWSER) {
		this.#first = first;
		const makeEngine = (force: BackendName | null) =>
			first && shares ? first.session.share() : new EngineClient({ force, threads: this.#threads });
		this.session = new Session(makeEngine, sharpPicture);
		this.memory = new PhotoMemory(keeping.storage);
		this.library = first?.library ?? new Library({ ...keeping, site: siteRoot });
		this.choice = new ModelChoice(this.session, this.library, keeping.keepSite);
	}

	get samples(): readonly Sample[] {
		return this.#first?.samples ?? this.#samples;
	}

	/** The id of the model that is loaded or on its way. */
	get chosenModel(): string | null {
		return this.choice.id;
	}

	/** The registry's entry of the model whose result is shown, or else of the one on its way. */
	get entry(): ModelEntry | null {
		const id = this.session.shown?.model.id ?? this.chosenModel;
		return id === null ? null : this.library.find(id);
	}

	/** What a link must say to come back to what is shown. */
	get link(): Partial<Permalink> {
		const { shown } = this.session;
		return {
			...(shown && { model: shown.model.id }),
			...(this.session.imageSize && { size: this.session.imageSize[0] }),
			...(shown && photoLink(shown.photo)),
			...(shown?.photo.address !== undefined && { address: shown.photo.address }),
			...(shown?.crop && { crop: shown.crop }),
			...this.selection.link,
			...this.settings.link,
			// What another model would have over the photo says nothing of this one.
			...(this.view.overlay.id !== this.settings.overlay && { overlay: this.view.overlay.id }),
			...(this.#forced && { backend: this.#forced }),
			...(this.#threads && { threads: this.#threads })
		};
	}

	/** Whose photo the link was made on, where a sample stands in for it, until another is opened or this is dismissed. */
	get missingPhoto(): string | null {
		return this.#missingPhoto;
	}

	dismissMissingPhoto(): void {
		this.#missingPhoto = null;
	}

	/** What of the link could not be followed, with what is shown in its place, until another photo is opened or this is dismissed. */
	get linkNotice(): string | null {
		return this.#linkNotice;
	}

	dismissLinkNotice(): void {
		this.#linkNotice = null;
	}

	/** Whether anything was opened in this visit. */
	get isOpen(): boolean {
		return this.#booted !== null;
	}

	/** Takes up a link before the page is at work that carries it: when that opens it, it is on its way. */
	begin(link: Partial<Permalink>, unread: Unread = {}): void {
		if (!this.isOpen) this.#begun = { link: JSON.stringify(link), opened: this.open(link, unread) };
	}

	/**
	 * Takes up a link. The first call starts the engine and opens a model and a photo; later ones only what differs.
	 * @param unread what of the link is no value of its field: the reader is told
	 */
	async open(link: Partial<Permalink> = {}, unread: Unread = {}): Promise<void> {
		const begun = this.#begun;
		this.#begun = null;
		if (begun?.link === JSON.stringify(link)) return begun.opened;
		await this.#takeUp(link);
		// What a page that takes up nothing finds here was said of the link that led to the site.
		if (Object.keys({ ...link, ...unread }).length > 0) this.#tellFaults(link, unread);
	}

	async #takeUp(link: Partial<Permalink>): Promise<void> {
		this.selection.open(link);
		this.settings.open(link);
		await (this.#booted ? this.#follow(link) : (this.#booted = this.#boot(link)));
		if (this.#hasModelOf(link)) this.selection.settle();
	}

	/** Whether what is shown is of the model that a link names, if it names any. */
	#hasModelOf({ model }: Partial<Permalink>): boolean {
		const { shown } = this.session;
		return shown !== null && shown.model.id === (model ?? shown.model.id);
	}

	#tellFaults(link: Partial<Permalink>, unread: Unread): void {
		const { session, selection, settings, view, samples, entry } = this;
		const { shown } = session;
		if (!shown) return;
		// Of another model, the one that is used in its place, it says nothing but the photo.
		const { sample } = link;
		const followed = this.#hasModelOf(link) ? link : sample === undefined ? {} : { sample };
		const now = { title: entry?.title ?? shown.model.id, shown, view, looking: selection, settings, samples };
		this.#linkNotice = linkFaults(followed, unread, now).join(' ') || null;
	}

	async #follow(link: Partial<Permalink>): Promise<void> {
		await this.#booted;
		const { model, size, sample, address } = link;
		const { shown, imageSize } = this.session;
		const photo =
			sample !== undefined
				? sample !== shown?.photo.sample && this.openSample(sample)
				: address !== undefined && address !== shown?.photo.address && this.#fetchPhoto(address);
		if (model && model !== this.chosenModel) await this.#openLinkedModel(model, size);
		else if (size && size !== imageSize?.[0]) await this.session.readAt([size, size]);
		await photo;
		await this.#crop(link);
	}

	async #boot(link: Partial<Permalink>): Promise<void> {
		const { model, size, backend, threads } = link;
		// Only WebAssembly has threads.
		this.#threads = backend === undefined || backend === 'wasm' ? threads : undefined;
		this.#forced = backend ?? (threads ? 'wasm' : null);
		void this.session.start(this.#forced);
		await Promise.all([this.#firstModel(model, size), this.#firstPhoto(link)]);
		await this.#replaceFailed();
		await this.#crop(link);
	}

	/** Looks at the region of the photo that the link says, where it is that photo, and has it. */
	async #crop({ crop, sample }: Partial<Permalink>): Promise<void> {
		const photo = this.session.shown?.photo;
		if (!crop || !photo || this.#missingPhoto !== null || photo.sample !== (sample ?? photo.sample)) return;
		if (liesOn(photo.bitmap, crop)) await this.session.crop(photo, crop);
	}

	/** Where the first model cannot run, the best one takes its place, so that there is something to see. */
	async #replaceFailed(): Promise<void> {
		const { session, library } = this;
		const { error } = session.runs;
		const best = library.best();
		if (session.shown || error === null || !session.model || session.model.id === best.id) return;
		if (await this.useModel(best)) session.runs.report(`${error} ${best.title} is used in its place.`);
	}

	async #firstModel(id: string | undefined, size: number | undefined): Promise<void> {
		await this.library.refresh();
		// The reader may have picked one meanwhile.
		if (this.chosenModel !== null) return;
		await (id === undefined ? this.useModel(this.library.best(), size) : this.#openLinkedModel(id, size));
	}

	/** A link never starts a download by itself; it says what to click instead. */
	async #openLinkedModel(id: string, size?: number): Promise<void> {
		const entry = this.library.find(id);
		if (entry && this.library.place(entry) !== 'hub') return void (await this.useModel(entry, size));
		this.selection.reset();
		if (this.chosenModel === null && !(await this.useModel(this.library.best()))) return;
		const used = this.library.find(this.chosenModel ?? '') ?? this.library.best();
		this.session.models.report(notHere(id, entry?.title ?? null, used.title));
	}

	async #firstPhoto(link: Partial<Permalink>): Promise<void> {
		const samples = this.#listSamples();
		const kept = await this.memory.restore();
		if (this.#photosAsked > 0) return;
		if (link.sample === undefined) {
			if (link.address !== undefined) return this.#linkedPhoto(link.address, kept, samples);
			if (kept) return void (await this.#openKept(kept));
		}
		await samples;
		if (this.#photosAsked > 0) return;
		const first = this.#samples.find((sample) => sample.id === link.sample) ?? this.#samples[0];
		if (first) await this.openSample(first.id, isOfOwnPhoto(link));
	}

	/**
	 * Where the photo at an address can't be had, nor was kept from there, a sample takes its place, so that there is
	 * something to see.
	 */
	async #linkedPhoto(address: string, kept: KeptPhoto | null, samples: Promise<void>): Promise<void> {
		const fetching = this.#fetchPhoto(address);
		const asked = this.#photosAsked;
		if ((await fetching) || this.#photosAsked !== asked) return;
		if (kept?.address === address) return void (await this.#openKept(kept));
		const why = this.session.photos.error ?? 'The photo of this link was not fetched.';
		await samples;
		const [first] = this.#samples;
		if (first && this.#photosAsked === asked)
			await this.#openSample(first, `${why} “${first.title}” is shown in its place.`);
	}

	/** @param missing the sentence that says in place of what it is opened, if of anything */
	async #openSample(sample: Sample, missing: string | null): Promise<void> {
		this.#askPhoto();
		this.#missingPhoto = missing;
		await this.session.open(`Opening '${sample.title}'`, (signal) =>
			takeSample(sample, siteRoot(), decodeCalmly, signal)
		);
	}

	async #listSamples(): Promise<void> {
		try {
			this.#samples = await fetchSamples(siteRoot());
		} catch (error) {
			this.#reportPhoto(error);
		}
	}

	/** Loads a model, fetching it first where it is not here. */
	useModel(entry: ModelEntry, side?: number): Promise<boolean> {
		return this.choice.use(entry, side);
	}

	/** @param instead whether it stands in for a photo of somebody's own, which a link could not carry */
	async openSample(id: string, instead = false): Promise<void> {
		const sample = this.samples.find((candidate) => candidate.id === id);
		if (sample) await this.#openSample(sample, instead ? notInLink(sample.title) : null);
	}

	/** Opens a picture file of the reader's. */
	async openFile(file: Blob, title = file instanceof File && file.name ? file.name : 'Your photo'): Promise<void> {
		const opened = await this.#openOwn({ blob: file }, title);
		if (opened) await this.memory.keep(opened);
	}

	#openKept(kept: KeptPhoto): Promise<Photo | null> {
		return this.#openOwn(kept, 'Your last photo');
	}

	#openOwn({ blob, address }: KeptPhoto, title: string): Promise<Photo | null> {
		this.#askPhoto();
		return this.session.open('Opening the photo', async (signal) => ({
			...(await ownPhoto(blob, title, signal)),
			address
		}));
	}

	/** Opens what was dropped or pasted. Call it while the event is handled. */
	openTransfer(transfer: Transfer): void {
		try {
			const picked = pickFromTransfer(transfer);
			void (picked.kind === 'file' ? this.openFile(picked.file) : this.openUrl(picked.url));
		} catch (error) {
			this.#reportPhoto(error);
		}
	}

	/** Opens the photo at an address that the reader gave. */
	async openUrl(url: string): Promise<void> {
		const opened = await this.#fetchPhoto(url);
		if (opened) await this.memory.keep(opened);
	}

	/** What a link leads to is shown, and takes nothing's place in the memory: the reader did not bring it. */
	#fetchPhoto(url: string): Promise<Photo | null> {
		this.#askPhoto();
		return this.session.open('Fetching the photo', async (signal, onProgress) => ({
			...(await ownPhoto(await photoFromUrl(url, { signal, onProgress }), fileNameOf(url), signal)),
			address: sharedAddress(url)
		}));
	}

	/** Turns remembering the reader's own photo on or off; off forgets it. */
	async remember(on: boolean): Promise<void> {
		const photo = this.session.shown?.photo;
		const own = photo && photo.sample === null ? photo : null;
		await (on ? this.memory.remember(own) : this.memory.forget());
	}

	#askPhoto(): void {
		this.#photosAsked++;
		this.#missingPhoto = this.#linkNotice = null;
	}

	#reportPhoto(error: unknown): void {
		const sentence = 'That picture could not be opened; please try another.';
		this.session.photos.report(error instanceof PatchworkError ? error.message : sentence);
	}
}

function notInLink(title: string): string {
	return (
		'This page was last on a photo of somebody’s own. Such a photo stays with its owner: neither a link nor a reload brings it back. ' +
		`“${title}” is shown in its place. If it was yours, open it again, and remember it on this device to find it here next time.`
	);
}

async function ownPhoto(blob: Blob, title: string, signal: AbortSignal): Promise<Photo> {
	return { bitmap: await decodeCalmly(blob, { signal }), title, alt: `Your photo, ${title}`, sample: null, blob };
}

/** The file's name at the end of an address, as it is written there. */
function fileNameOf(url: string): string {
	const path = URL.canParse(url) ? new URL(url).pathname : '';
	return path.slice(path.lastIndexOf('/') + 1) || 'A photo from the web';
}

export const app = new App();
whenWrittenElsewhere(REMEMBERS_PHOTO, () => app.memory.lookAgain());
