import { fixed } from '../base/numbers';
import { coloursOf, featuresIn, fitColours, placesOf, subjectOf, type ColourFit } from '../analysis/three-colours';
import { lastFew } from '../base/memo';
import type { Pause } from '../base/slices';
import { firstPatch } from '../marks/tokens';
import { made, whyNone, type FeatureReader } from './feature-reader';
import { patchFeatures, samplesOf, type Features } from './features';
import { Making } from './making.svelte';
import type { OverlayEntry, OverlayHost } from './overlays';

/** What is fitted, and where the patches of the view's own photo lie in it. */
interface Fitted {
	readonly fit: ColourFit;
	/** (patches, 3) */
	readonly places: Float32Array;
}

const LABEL = 'Finding the three directions in which features differ most';

/** The first three principal components of the patches' features as red, green and blue. */
export function componentsOverlay(host: OverlayHost, reader: FeatureReader): OverlayEntry {
	const works = new ComponentWorks(host, reader);
	const mask = () => works.subject();
	return {
		id: 'components',
		name: 'Three colours for meaning',
		title: () => `Three colours for what the ${host.called.many} mean, ${reader.where()}`,
		...made(reader),
		made: () => works.made(),
		values: () => null,
		colours: () => {
			const fitted = works.shown()?.value;
			return fitted ? coloursOf(fitted.places, fitted.fit) : null;
		},
		shares: () => works.shown()?.value?.fit.shares ?? null,
		mask,
		domain: () => [0, 1],
		sentence: () => whyNone(host, reader) || sentence(host),
		alpha: 'opaque',
		say: (token, name) => {
			const patch = token - firstPatch(host.grid);
			const places = works.shown()?.value?.places.subarray(3 * patch, 3 * patch + 3);
			if (!places || patch < 0 || places.length === 0) return name;
			if (mask()?.[patch] === 0) return `${name}: not coloured`;
			return `${name}: components ${Array.from(places, (place) => fixed(place, 1)).join(', ')}`;
		}
	};
}

function sentence({ settings, called: { many } }: OverlayHost): string {
	const what = settings.fit === 'photo' ? `this photo’s ${many}` : `the ${many} of all samples`;
	const of = settings.subject === 'all' ? what : `those of ${what} that are coloured`;
	return `The first three principal components of ${of}, with their shares of how the features differ. Like colours are like features; which colour it is means nothing (Oquab et al. 2023).`;
}

/** What has to be worked out for the colours, each once. */
class ComponentWorks {
	readonly #host: OverlayHost;
	readonly #reader: FeatureReader;
	readonly #samples = lastFew<Making<readonly Features[]>>(2);
	readonly #fits = lastFew<Making<Fitted>>(6);

	constructor(host: OverlayHost, reader: FeatureReader) {
		this.#host = host;
		this.#reader = reader;
	}

	/** Everything that the colours are made of, each of what stands before it. */
	made(): Making<unknown>[] {
		return [this.#reader.place()?.reading, this.#others(), this.#first(), this.shown()].filter(
			(making) => making !== null && making !== undefined
		);
	}

	/** The features of all samples, where the colours are fitted to them. */
	#others(): Making<readonly Features[]> | null {
		const place = this.#reader.place();
		const { config } = this.#host.shown?.model ?? {};
		if (!place || !config || this.#host.settings.fit === 'photo') return null;
		return this.#samples(place.tap, () => samplesOf(this.#host.workshop, config, place));
	}

	/** Fitted to all patches. */
	#first(): Making<Fitted> | null {
		return this.#fitting('', (photos) => Promise.resolve(photos));
	}

	/** What is drawn: the same or, where only the subject is coloured, fitted a second time to the subject's patches. */
	shown(): Making<Fitted> | null {
		const first = this.#first();
		const { subject, threshold } = this.#host.settings;
		if (subject === 'all') return first;
		return this.#fitting(`${subject} ${threshold}`, async (photos, dim, pause) => {
			const { fit } = first?.value ?? {};
			if (!fit) throw new Error('The first fit stands before the second.');
			const parts: Float32Array[] = [];
			for (const photo of photos)
				parts.push(featuresIn(photo, dim, this.#subjectIn(await placesOf(photo, fit.pca, pause), fit)));
			return parts;
		});
	}

	/** 1 a patch that is coloured; null where all are. */
	subject(): Uint8Array | null {
		const { value } = this.#first() ?? {};
		if (!value) return null;
		const isHere = value.places.every(Number.isFinite);
		return this.#host.settings.subject === 'all' && isHere ? null : this.#subjectIn(value.places, value.fit);
	}

	#subjectIn(places: Float32Array, { ranges }: ColourFit): Uint8Array {
		const { subject, threshold } = this.#host.settings;
		if (subject === 'all')
			return Uint8Array.from({ length: places.length / 3 }, (_, i) => Number(!Number.isNaN(places[3 * i])));
		const [low, high] = ranges[0] ?? [0, 0];
		return subjectOf(places, low + threshold * (high - low), subject === 'high' ? 'above' : 'below');
	}

	/** @param part of the patches of the photos that are fitted, of `dim` features each, is what is fitted */
	#fitting(
		key: string,
		part: (photos: readonly Float32Array[], dim: number, pause: Pause) => Promise<readonly Float32Array[]>
	): Making<Fitted> | null {
		const place = this.#reader.place();
		const others = this.#others();
		if (!place) return null;
		return this.#fits(`${place.tap} ${others === null} ${key}`, () => {
			return new Making(this.#host.workshop, LABEL, async (_, { pause }) => {
				const own = place.reading.value;
				if (!own) throw new Error('The features stand before what is fitted to them.');
				const photos = (others?.value ?? [own]).map(patchFeatures);
				const fit = await fitColours(await part(photos, own.dim, pause), own.dim, pause);
				return { fit, places: await placesOf(patchFeatures(own), fit.pca, pause) };
			});
		});
	}
}
