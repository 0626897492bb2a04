import { PatchworkError } from '../base/errors';
import { inSentence } from '../base/language';
import type { Crop } from '../engine/crop';
import { resized } from '../engine/resolution';
import { count } from '../marks/numbers';
import type { Sample } from '../photo/manifest';
import type { Selection } from '../run/selection.svelte';
import { has, WHOLE } from '../run/places';
import type { Shown } from '../run/shown';
import { partOf, type Permalink, type Unread } from '../run/url';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { ModelView } from '../views/model-view';
import { pixelSize, tokenName } from '../views/words';
import { outputNames } from '../worker/top-classes';

/** What is shown where a link was followed, as far as it could be. */
export interface Followed {
	/** The model's. */
	readonly title: string;
	readonly shown: Shown;
	readonly view: Pick<ModelView, 'blockName' | 'memberName' | 'members' | 'overlay' | 'title'>;
	/** What is looked at; the token is one of the model's patches, or before them. */
	readonly looking: Pick<Selection, 'block' | 'head' | 'picked' | 'classIndex'>;
	readonly settings: Pick<ViewSettings, (typeof SETTINGS)[number]>;
	/** Those of the site; empty where they could not be had. */
	readonly samples: readonly Sample[];
}

/** Fields that have a value whatever the link says. */
export const SETTINGS = [
	...(['overlay', 'opacity', 'colourMap', 'smooth', 'scale', 'grid', 'seen'] as const),
	...(['features', 'fit', 'subject', 'threshold', 'mass'] as const)
] as const;

/** Whether a region lies on a picture. */
export const liesOn = (picture: Pick<ImageBitmap, 'width' | 'height'>, { x, y, width, height }: Crop): boolean =>
	x + width <= picture.width && y + height <= picture.height;

/**
 * Says of each part of a link that could not be followed what it asks for, and what is shown in its place: a sentence
 * each.
 * @param link what could be read of it @param unread and what could not
 */
export function linkFaults(link: Partial<Permalink>, unread: Unread, now: Followed): string[] {
	const keys = Object.keys(unread) as (keyof Permalink)[];
	const illegible = keys.map((key) => `‘${unread[key] ?? ''}’ in the link can’t be followed: ${inPlaceOf(key, now)}.`);
	return [...illegible, ...CHECKS.map((check) => check(link, now)).filter((sentence) => sentence !== null)];
}

/** Half a sentence on what is shown where a part of a link is of no use. */
function inPlaceOf(key: keyof Permalink, now: Followed): string {
	const setting = SETTINGS.find((one) => one === key);
	if (setting) return `‘${partOf(setting, now.settings[setting])}’ holds in its place`;
	switch (key) {
		case 'model':
			return `${now.title} is used in its place`;
		case 'sample':
		case 'photo':
		case 'address':
			return photoInstead(now);
		case 'block':
			return blockInstead(now);
		case 'head':
			return headInstead(now);
		case 'token':
			return tokenInstead(now);
		case 'class':
			return classInstead(now);
		default:
			return 'it is as without that part';
	}
}

const photoInstead = ({ shown }: Followed) => `“${shown.photo.title}” is shown in its place`;
const blockInstead = ({ view, looking }: Followed) =>
	`${inSentence(view.blockName(looking.block))} is shown in its place`;
const headInstead = ({ view, looking }: Followed) =>
	`${inSentence(view.memberName(looking.head))} is shown in its place`;
const tokenInstead = ({ shown, looking }: Followed) =>
	`${tokenName(looking.picked, shown.grid)} is looked from in its place`;

function classInstead({ shown, looking }: Followed): string {
	const { labels, config } = shown.model;
	const label = looking.classIndex === null ? undefined : outputNames(labels, config)[looking.classIndex];
	return label === undefined ? 'it is as without that part' : `“${label}” is looked at in its place`;
}

/** What a link can ask for that not every model or site has; each gives a sentence where it does, and null elsewhere. */
const CHECKS: readonly ((link: Partial<Permalink>, now: Followed) => string | null)[] = [
	({ sample }, now) => {
		if (sample === undefined || now.samples.length === 0 || now.samples.some(({ id }) => id === sample)) return null;
		return `The link asks for the sample photo ‘${sample}’, which there is not: ${photoInstead(now)}.`;
	},
	({ size }, { shown }) => {
		const { config } = shown.model;
		if (size === undefined || size === config.imageSize[0]) return null;
		try {
			resized(config, [size, size]);
		} catch (error) {
			if (!(error instanceof PatchworkError)) throw error;
			return `The link asks for another size of input. ${error.message} It is shown at ${pixelSize(config.imageSize)} in its place.`;
		}
		// What is too large for this device is told by whoever refused it.
		return null;
	},
	({ block }, now) => {
		const depth = now.shown.layers.length;
		if (block === undefined || block < depth) return null;
		return `The link asks for block ${count(block + 1)}, and ${now.title} has ${count(depth)}: ${blockInstead(now)}.`;
	},
	({ head }, now) => {
		const { view, looking, shown } = now;
		const heads = shown.layers[looking.block]?.heads.heads ?? 0;
		if (typeof head !== 'number' || head < heads) return null;
		const [one, where] = [inSentence(view.members.one), inSentence(view.blockName(looking.block))];
		return `The link asks for ${one} ${count(head + 1)}, and ${where} has ${count(heads)}: ${headInstead(now)}.`;
	},
	({ token }, now) => {
		const { grid } = now.shown;
		const patches = grid.rows * grid.columns;
		if (typeof token === 'number' && token >= patches)
			return `The link looks from patch ${count(token + 1)}, and ${now.title} has ${count(patches)}: ${tokenInstead(now)}.`;
		if (typeof token !== 'string' || has(token, { grid, window: WHOLE })) return null;
		return `The link looks from the token ‘${token}’, which ${now.title} does not have: ${tokenInstead(now)}.`;
	},
	(link, now) => {
		const { classes } = now.shown.model.config;
		if (link.class === undefined || link.class < classes) return null;
		return `The link asks for class ${count(link.class)}, counted from 0, and ${now.title} has ${count(classes)}: ${classInstead(now)}.`;
	},
	({ overlay }, { view, title }) => {
		if (overlay === undefined || view.overlay.id === overlay) return null;
		return `The link asks for ‘${overlay}’ over the photo, which ${title} does not have: ‘${view.title}’ is shown in its place.`;
	},
	({ crop, sample }, { shown }) => {
		const isOfPhoto = shown.photo.sample === (sample ?? shown.photo.sample);
		if (!crop || !isOfPhoto || liesOn(shown.photo.bitmap, crop)) return null;
		return 'The link asks for a part of the photo that does not lie on it: what the model sees by itself is shown in its place.';
	}
];
