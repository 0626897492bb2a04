import { PatchworkError } from '../base/errors.ts';
import { isRecord } from '../base/json.ts';

/** A class and how probable a model finds it: the class's index, its name, and a probability in 0..1. */
export type Verdict = readonly [index: number, label: string, probability: number];

/** One sample photograph, as `static/samples/samples.json` records it. */
export interface Sample {
	readonly id: string;
	readonly title: string;
	/** What the picture shows, for readers who cannot see it. */
	readonly alt: string;
	/** The picture and its thumbnail (160 px on the longer side), as paths below the site's base. */
	readonly file: string;
	readonly thumb: string;
	/** Pixels of `file`. */
	readonly width: number;
	readonly height: number;
	/** The ImageNet class that the scene was built to show. */
	readonly intended: { readonly index: number; readonly label: string };
	/** The program that rendered it, relative to the repository's root. */
	readonly scene: string;
	/** A fingerprint of that program and of the helpers it uses: a picture with another one is out of date. */
	readonly source: string;
	/** An SPDX licence identifier. */
	readonly licence: string;
	/** By model id: its five likeliest classes, likeliest first. */
	readonly models: Readonly<Record<string, readonly Verdict[]>>;
}

const TEXTS = ['id', 'title', 'alt', 'file', 'thumb', 'scene', 'source', 'licence'] as const;

function refuse(what: string): never {
	throw new PatchworkError(
		'photo',
		`The list of sample photos is damaged: ${what}. Reload the page, or use your own photo.`
	);
}

function isClass(index: unknown, label: unknown): boolean {
	return Number.isInteger(index) && typeof label === 'string' && label !== '';
}

function isVerdict(value: unknown): boolean {
	if (!Array.isArray(value) || value.length !== 3) return false;
	const [index, label, probability]: unknown[] = value;
	return isClass(index, label) && typeof probability === 'number' && probability >= 0 && probability <= 1;
}

function checkModels(models: unknown, name: string): void {
	if (!isRecord(models)) refuse(`${name} has no models`);
	for (const [model, verdicts] of Object.entries(models)) {
		if (!Array.isArray(verdicts) || !verdicts.every(isVerdict)) refuse(`${name} has no verdict of ${model}`);
	}
}

function parseSample(value: unknown, position: number): Sample {
	if (!isRecord(value)) refuse(`entry ${position} is not an object`);
	const name = typeof value['id'] === 'string' ? value['id'] : `entry ${position}`;
	for (const key of TEXTS) if (typeof value[key] !== 'string' || value[key] === '') refuse(`${name} has no ${key}`);
	for (const key of ['width', 'height']) if (!Number.isInteger(value[key])) refuse(`${name} has no ${key}`);
	const intended = value['intended'];
	if (!isRecord(intended) || !isClass(intended['index'], intended['label'])) refuse(`${name} has no intended class`);
	checkModels(value['models'], name);
	return value as unknown as Sample;
}

/**
 * The samples of a parsed `samples.json`, in the order in which they are offered: the first is the one that a newcomer
 * sees first. Throws a `photo` error that names the entry and the field where something is missing.
 */
export function parseSamples(json: unknown): Sample[] {
	if (!isRecord(json) || !Array.isArray(json['samples'])) refuse('it holds no samples');
	return json['samples'].map(parseSample);
}
