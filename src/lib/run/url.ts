import type { ShareBox } from '../analysis/box-share';
import { BACKENDS, type BackendName } from '../engine/backends/names';
import { currentName, currentParameters } from '../base/renames';
import { COLOUR_MAPS } from '../marks/colour';
import { LONGEST_ADDRESS } from '../photo/from-url';
import { readBox, readCrop, readQuery, writeBox, writeCrop, writeQuery, type Place, type TokenName } from './places';
import type { Crop } from '../engine/crop';

/** What a token's map shows: the row of the attention matrix (`from`) or its column (`to`). */
export const DIRECTIONS = ['from', 'to'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What lies over the photo: before the blocks, of a block, of the features of the patches, or of what counts for a class. */
export const OVERLAYS = [
	'photo',
	'patches',
	'embeddings',
	'attention',
	'mask',
	'rollout',
	'norms',
	'field',
	'components',
	'likeness',
	'relevance',
	'cam',
	'grad-cam',
	'input-gradient',
	'occlusion'
] as const;
export type Overlay = (typeof OVERLAYS)[number];
export const BEFORE_BLOCKS: readonly Overlay[] = ['photo', 'patches', 'embeddings'];
export const OF_BLOCK: readonly Overlay[] = ['attention', 'mask', 'rollout', 'norms', 'field'];
export const OF_FEATURES: readonly Overlay[] = ['components', 'likeness'];
export const OF_CLASS: readonly Overlay[] = ['relevance', 'cam', 'grad-cam', 'input-gradient', 'occlusion'];

/** Which of the patches' features are looked at: those after the last norm, or after the chosen block. */
export const FEATURES = ['end', 'block'] as const;
export type FeaturesOf = (typeof FEATURES)[number];

/** What principal components are fitted to: the patches of this photo, or of all samples together. */
export const FITS = ['photo', 'samples'] as const;
export type Fit = (typeof FITS)[number];

/** Which patches are the subject by their first component: all of them, those above the threshold, or those below. */
export const SUBJECTS = ['all', 'high', 'low'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Whose maximum the colours reach up to: that of every head on the page, or each head's own. */
export const SCALES = ['shared', 'head'] as const;
export type Scale = (typeof SCALES)[number];

/**
 * Everything that a link to the inspector can carry. Blocks, heads and patches are counted from 0 here, as in the
 * arrays, and from 1 in the query string, as on the page.
 */
export interface Permalink {
	/** The id of a model, which is the registry's, or the key in the store of one of the reader's own. */
	model: string;
	/** Side of the model's input, in pixels, where that is not its own. */
	size: number;
	/** The id of a sample image; absent for a photo of somebody's own, which a link cannot carry. */
	sample: string;
	/** Says that it was such a photo. */
	photo: 'own';
	/** Where such a photo was fetched from, over http or https, so that a link can carry it after all. */
	address: string;
	block: number;
	head: number | 'mean';
	/** A token by its number or name, or the place of one that is no patch of the model's. */
	token: TokenName | Place;
	direction: Direction;
	overlay: Overlay;
	/** In [0, 1]; whole percents in the query string. */
	opacity: number;
	/** The id of a colour map; `colours` in the query string. */
	colourMap: string;
	smooth: boolean;
	scale: Scale;
	grid: boolean;
	/** Show the pixels that the model saw in place of the sharp photo. */
	seen: boolean;
	features: FeaturesOf;
	fit: Fit;
	subject: Subject;
	/** Where on the first component the subject begins: from 0 at its least on this photo to 1 at its most. */
	threshold: number;
	/** The share of a head's weight on the patches that a mask is to hold, in (0, 1]; whole percents in the query string. */
	mass: number;
	/** The class that maps of one class are of; as the model counts, from 0. */
	class: number;
	/** The part of what the model saw that heads are ranked by: left, top, width and height in percent. */
	box: ShareBox;
	/** The region of the photo that the model looks at, where the reader picked one: left, top, width and height in the photo's pixels. */
	crop: Crop;
	/** Forces a backend. */
	backend: BackendName;
	/** Forces WebAssembly with so many threads, where the page may have them. */
	threads: number;
}

interface Field<T> {
	/** Undefined where the text is no value of this field. */
	read(text: string): T | undefined;
	write(value: T): string;
}

const wholeNumber = (text: string, least: number): number | undefined =>
	/^\d{1,6}$/.test(text) && Number(text) >= least ? Number(text) : undefined;

const id: Field<string> = {
	read: (text) => (/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(text) ? text : undefined),
	write: (value) => value
};

/**
 * Of the registry, or of a model of the reader's own: `owner/name`, `owner/name@revision`, `local/name`. A model that has
 * another name today is read under that.
 */
const modelId: Field<string> = {
	read: (text) => (/^[a-z0-9][\w.@/-]{0,200}$/i.test(text) ? currentName('model', text) : undefined),
	write: (value) => value
};

const webAddress: Field<string> = {
	read: (text) =>
		text.length <= LONGEST_ADDRESS && /^https?:/i.test(text) && URL.canParse(text) ? new URL(text).href : undefined,
	write: (value) => value
};

const countedFromOne: Field<number> = {
	read: (text) => {
		const shown = wholeNumber(text, 1);
		return shown === undefined ? undefined : shown - 1;
	},
	write: (value) => String(value + 1)
};

const oneOf = <T extends string>(choices: readonly T[]): Field<T> => ({
	read: (text) => choices.find((choice) => choice === text),
	write: (value) => value
});

const yesOrNo: Field<boolean> = {
	read: (text) => (text === 'yes' ? true : text === 'no' ? false : undefined),
	write: (value) => (value ? 'yes' : 'no')
};

/** A share as a whole number of percents, of at least so many. */
const percents = (least: number): Field<number> => ({
	read: (text) => {
		const percent = wholeNumber(text, least);
		return percent === undefined || percent > 100 ? undefined : percent / 100;
	},
	write: (value) => String(Math.round(value * 100))
});

const FIELDS: { readonly [K in keyof Permalink]: Field<Permalink[K]> } = {
	model: modelId,
	size: { read: (text) => wholeNumber(text, 1), write: String },
	sample: id,
	photo: oneOf(['own']),
	address: webAddress,
	block: countedFromOne,
	head: {
		read: (text) => (text === 'mean' ? 'mean' : countedFromOne.read(text)),
		write: (value) => (value === 'mean' ? 'mean' : countedFromOne.write(value))
	},
	token: {
		read: (text) => readQuery(text) ?? countedFromOne.read(text),
		write: (value) => (typeof value === 'number' ? countedFromOne.write(value) : writeQuery(value))
	},
	direction: oneOf(DIRECTIONS),
	overlay: oneOf(OVERLAYS),
	opacity: percents(0),
	colourMap: oneOf<string>(COLOUR_MAPS),
	smooth: yesOrNo,
	scale: oneOf(SCALES),
	grid: yesOrNo,
	seen: yesOrNo,
	features: oneOf(FEATURES),
	fit: oneOf(FITS),
	subject: oneOf(SUBJECTS),
	threshold: percents(0),
	mass: percents(1),
	class: { read: (text) => wholeNumber(text, 0), write: String },
	box: { read: readBox, write: writeBox },
	crop: { read: readCrop, write: writeCrop },
	backend: oneOf(BACKENDS),
	threads: { read: (text) => wholeNumber(text, 1), write: String }
};

const KEYS = Object.keys(FIELDS) as (keyof Permalink)[];

/** What a field is called in the query string. */
const parameterOf = (key: keyof Permalink): string => (key === 'colourMap' ? 'colours' : key);

/** The valid parts of a query string, older names among them; whatever is not a value of its field is left out. */
export function parsePermalink(query: URLSearchParams): Partial<Permalink> {
	const link: Partial<Permalink> = {};
	const named = currentParameters(query);
	for (const key of KEYS) readInto(link, key, named.get(parameterOf(key)));
	return link;
}

function readInto<K extends keyof Permalink>(link: Partial<Permalink>, key: K, text: string | null): void {
	const value = text === null ? undefined : FIELDS[key].read(text);
	if (value !== undefined) link[key] = value;
}

/** Parts of a query string that are no value of their field, as they stand there: `opacity=200`. */
export type Unread = { readonly [K in keyof Permalink]?: string };

/** So much of an address is worth repeating to whoever followed it. */
const QUOTED = 60;

/** What {@link parsePermalink} leaves out, so that the reader can be told. */
export function unreadParts(query: URLSearchParams): Unread {
	const named = currentParameters(query);
	const unread = KEYS.flatMap((key) => {
		const text = named.get(parameterOf(key));
		return text === null || FIELDS[key].read(text) !== undefined ? [] : [[key, quoted(parameterOf(key), text)]];
	});
	return Object.fromEntries(unread);
}

/** A part of an address as a sentence repeats it. */
export function quoted(parameter: string, text: string): string {
	const part = `${parameter}=${text}`;
	return part.length > QUOTED ? `${part.slice(0, QUOTED)}…` : part;
}

/** How a link says one thing: `opacity=75`. */
export function partOf<K extends keyof Permalink>(key: K, value: Permalink[K]): string {
	return `${parameterOf(key)}=${FIELDS[key].write(value)}`;
}

/** What a link says of a photo. @param sample the id of the sample that it is; null for a photo of somebody's own */
export function photoLink({
	sample
}: {
	readonly sample: string | null;
}): Partial<Pick<Permalink, 'sample' | 'photo'>> {
	return sample === null ? { photo: 'own' } : { sample };
}

/**
 * Whether a link was made on a photo of somebody's own that it does not carry. Older ones don't say so, but a link to the inspector that says all
 * that the page writes, and no sample, was.
 */
export function isOfOwnPhoto({ sample, photo, address, model, block, head, token }: Partial<Permalink>): boolean {
	if (sample !== undefined || address !== undefined) return false;
	return photo === 'own' || [model, block, head, token].every((field) => field !== undefined);
}

/** `query` with the parameters of `link` in place of its own; parameters that are none of ours stay. */
export function formatPermalink(link: Partial<Permalink>, query = new URLSearchParams()): URLSearchParams {
	const next = currentParameters(query);
	for (const key of KEYS) writeFrom(link, key, next);
	return next;
}

function writeFrom<K extends keyof Permalink>(link: Partial<Permalink>, key: K, query: URLSearchParams): void {
	const value = link[key];
	if (value === undefined) query.delete(parameterOf(key));
	else query.set(parameterOf(key), FIELDS[key].write(value));
}
