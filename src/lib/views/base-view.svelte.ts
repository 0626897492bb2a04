import { inSentence } from '../base/language';
import type { ModelConfig } from '../engine/families';
import { firstPatch, tokenName } from '../marks/tokens';
import { paddedPicture, patchesPicture, seenPicture } from '../run/pictures';
import type { Pattern } from '../run/shown';
import type { FeaturesOf } from '../run/url';
import { attentionOverlays } from './attention-overlays';
import { chosenMapOverlay, whyNoMap } from './chosen-map-overlay';
import { classOverlays } from './class-overlays';
import { featureOverlays } from './feature-overlays';
import { featurePlace, type FeaturePlace } from './feature-place';
import { FeatureReader } from './feature-reader';
import { HeadMaps } from './head-maps.svelte';
import { Workshop } from './making.svelte';
import { range } from './maps';
import type { Figures, ModelView, Overlaid, Whole } from './model-view';
import { occlusionOverlay } from './occlusion-overlay';
import { PATCHES, PHOTO, type OverlayEntry, type OverlayHost, type Sequences } from './overlays';
import { capital, formatWeight, NOTES, PATCH_WORDS, STOP_NAMES } from './words';

/**
 * What the views of all families have in common: what lies over the photo, of the maps of its heads and beside them, and
 * the words for it.
 */
export abstract class BaseView<
	C extends ModelConfig = ModelConfig,
	P extends Pattern = Pattern,
	S extends Figures = Figures
>
	extends HeadMaps<C, P, S>
	implements ModelView
{
	/** What the lengths are of. */
	protected abstract readonly normsNote: string;
	protected get lengths(): { readonly name: string; readonly title: string } {
		return { name: 'Length of the embeddings', title: 'How long each patch’s embedding is' };
	}
	/** What shows the pixels cut into the squares of the grid. */
	protected get squares(): OverlayEntry {
		return PATCHES;
	}
	get stopNames(): ModelView['stopNames'] {
		return STOP_NAMES;
	}
	get boxNote(): string {
		return '';
	}
	abstract readonly scaleSentence: string;
	/** A token of the map with its weight, where there is one. */
	protected abstract sayWeight(token: number): string;
	sayValue(token: number): string {
		return this.sayWeight(token);
	}

	get called(): OverlayHost['called'] {
		return PATCH_WORDS;
	}

	get farOut(): string {
		return NOTES;
	}

	get lastNamed(): string {
		return 'the last layer norm';
	}

	featurePlace(of: FeaturesOf): FeaturePlace | null {
		return this.shown && featurePlace(this.shown.model.config, of, this.selection.block);
	}

	abstract readonly reach: number | null;
	abstract readonly dark: string;
	abstract readonly look: string;
	abstract readonly ownScale: string;

	get sequences(): Sequences | null {
		return null;
	}

	get whole(): Whole | null {
		return null;
	}

	get share(): string {
		return '';
	}

	get smallMap(): string {
		return '';
	}

	get railNote(): string | null {
		return null;
	}

	get token(): number {
		return this.selection.token;
	}

	get hovered(): number | null {
		return this.selection.hovered;
	}

	hover(token: number | null): void {
		this.selection.hover(token);
	}

	pick(token: number): void {
		this.selection.pick(token);
	}

	get sharp() {
		return this.shown?.picture ?? null;
	}

	readonly #seen = $derived.by(() => this.shown && seenPicture(this.shown.result.seen));
	readonly patches = $derived.by(() => {
		const { shown } = this;
		return shown && patchesPicture(shown.result.seen, shown.grid, shown.model.config.patchSize);
	});
	/** The patches are cut from the pixels that the model saw, so they are shown as such. */
	readonly picture = $derived.by(() => {
		const { shown, settings, extent } = this;
		const own = settings.seen || this.overlay.id === 'patches' ? this.#seen : this.sharp;
		if (!shown || !own) return null;
		const { seen } = shown.result;
		return paddedPicture(own, seen, { width: extent.width * seen.width, height: extent.height * seen.height });
	});

	/** Always where the patches are what is shown, and never over the bare photo. */
	readonly showGrid = $derived.by(() => {
		const { id } = this.overlay;
		return id === 'patches' || (this.settings.grid && id !== 'photo');
	});

	/** Whether it is attention of the chosen block that lies over the photo. */
	readonly attends = $derived.by(() => ['attention', 'mask'].includes(this.overlay.id));
	readonly placed = $derived.by(() => this.overlay.block?.() ?? null);

	readonly workshop = new Workshop();
	protected readonly features = new FeatureReader(this);
	readonly overlays: readonly OverlayEntry[] = [
		PHOTO,
		this.squares,
		{
			id: 'embeddings',
			name: this.lengths.name,
			title: () => this.lengths.title,
			values: () => this.shown?.embeddingNorms ?? null,
			domain: range,
			sentence: () => this.normsNote,
			alpha: 'opaque',
			say: (token, name) => {
				const norm = this.shown?.embeddingNorms[token - firstPatch(this.grid)];
				return norm === undefined ? name : `${name}: length ${formatWeight(norm)}`;
			}
		},
		chosenMapOverlay(this),
		...this.ownOverlays(),
		occlusionOverlay(this)
	];

	get chosenTitle(): string {
		const { block, head } = this.selection;
		return `${this.blockName(block)}, ${inSentence(this.memberName(head))}`;
	}

	/** What lies over the photo beside what each view has. */
	protected ownOverlays(): OverlayEntry[] {
		return [
			...attentionOverlays(this, () => whyNoMap(this)),
			...featureOverlays(this, this.features),
			...classOverlays(this)
		];
	}

	/** What is drawn where a link, or a setting for another model, names what this one does not have. */
	#inPlace(): OverlayEntry {
		return this.overlays.find(({ id }) => id === 'attention') ?? PHOTO;
	}

	readonly overlay = $derived.by(() => this.overlays.find(({ id }) => id === this.settings.overlay) ?? this.#inPlace());
	readonly overlaid = $derived.by((): Overlaid => {
		const { overlay } = this;
		const values = overlay.values();
		return {
			values,
			raster: overlay.raster?.() ?? this.grid,
			colours: overlay.colours?.() ?? null,
			shares: overlay.shares?.() ?? null,
			mask: overlay.mask?.() ?? null,
			domain: values ? overlay.domain(values) : [0, 1],
			note: overlay.sentence(),
			alpha: overlay.alpha,
			isSigned: overlay.isSigned ?? false
		};
	});
	readonly title = $derived.by(() => this.overlay.title());

	describe(token: number): string {
		return this.overlay.say(token, capital(tokenName(token, this.grid)));
	}

	featureOf(token: number): Float32Array | null {
		return this.features.of(token);
	}
}
