import { readFileSync } from 'node:fs';
import { isRecord } from '../../base/json';
import { MODELS } from '../../models/chosen';
import { parseSamples } from '../../photo/manifest';
import type { ModelEntry } from '../../models/entry';

/** What /about says of the project, each fact read where it stands: nothing of it is written a second time. */
export interface Facts {
	readonly version: string;
	/** Of the release that has this version. */
	readonly year: number;
	readonly description: string;
	/** Of the code; an SPDX identifier. */
	readonly licence: string;
	/** Where a fault is reported; null where the project names no place. */
	readonly reports: string | null;
	readonly models: readonly Pick<ModelEntry, 'title' | 'repo' | 'licence' | 'terms' | 'bundled'>[];
	readonly photos: readonly Licensed[];
	readonly libraries: readonly Licensed[];
}

/** Things that share a licence. */
export interface Licensed {
	readonly licence: string;
	readonly names: readonly string[];
}

const readText = (path: string) => readFileSync(path, 'utf8');

function readRecord(path: string): Record<string, unknown> {
	const value: unknown = JSON.parse(readText(path));
	if (!isRecord(value)) throw new Error(`${path} is no object.`);
	return value;
}

/** @throws Error, which fails the build, where a file lacks what is read of it */
export function readFacts(): Facts {
	const own = readRecord('package.json');
	const version = textOf(own, 'version');
	return {
		version,
		year: yearOf(version, readText('CHANGELOG.md')),
		description: textOf(own, 'description'),
		licence: textOf(own, 'license'),
		reports: reportsTo(own),
		models: MODELS.map((model: ModelEntry) => {
			const { title, repo, licence, terms, bundled } = model;
			return { title, repo, licence, bundled, ...(terms !== undefined && { terms }) };
		}),
		photos: byLicence(
			parseSamples(JSON.parse(readText('static/samples/samples.json'))).map(({ title, licence }) => [title, licence])
		),
		libraries: byLicence(librariesOf(own))
	};
}

function textOf(record: Record<string, unknown>, key: string): string {
	const value = record[key];
	if (typeof value !== 'string') throw new Error(`package.json has no ${key}.`);
	return value;
}

/** The year of a release, by the heading that the changelog gives it. */
export function yearOf(version: string, changelog: string): number {
	const year = changelog
		.split('\n')
		.find((line) => line.startsWith(`## [${version}]`))
		?.match(/\d{4}/)?.[0];
	if (!year) throw new Error(`CHANGELOG.md has no dated heading for ${version}.`);
	return Number(year);
}

/**
 * The address that a package.json names for faults: its `bugs`, or else its `repository`, in either of npm's two forms.
 * Null where it names none.
 */
export function reportsTo(manifest: Readonly<Record<string, unknown>>): string | null {
	const urlOf = (value: unknown) => (isRecord(value) ? value['url'] : value);
	for (const value of [urlOf(manifest['bugs']), urlOf(manifest['repository'])]) {
		const address = typeof value === 'string' ? value.replace(/^git\+/, '').replace(/\.git$/, '') : '';
		if (/^https?:\/\//.test(address)) return address;
	}
	return null;
}

/** What the page is made of at run time: the packages that are installed, with the licence that each gives itself. */
function librariesOf(own: Readonly<Record<string, unknown>>): [name: string, licence: string][] {
	const names = isRecord(own['dependencies']) ? Object.keys(own['dependencies']) : [];
	return ['svelte', '@sveltejs/kit', 'katex', ...names].map((name) => [
		name,
		textOf(readRecord(`node_modules/${name}/package.json`), 'license')
	]);
}

/** Names gathered under their licences, both by the alphabet. */
export function byLicence(pairs: readonly (readonly [name: string, licence: string])[]): Licensed[] {
	const licences = [...new Set(pairs.map(([, licence]) => licence))].sort();
	return licences.map((licence) => ({
		licence,
		names: pairs
			.filter(([, own]) => own === licence)
			.map(([name]) => name)
			.sort((a, b) => a.localeCompare(b, 'en'))
	}));
}
