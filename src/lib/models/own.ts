import { currentName } from '../base/renames';
import { groupsOf, tokenGridOf } from '../engine/families';
import { SCORES } from '../engine/scores';
import { isRecord, isStringArray } from '../base/json';
import type { ModelDescription } from './describe';
import type { ModelEntry, Group } from './entry';
import { filesSource } from './from-files';
import { parseRepo } from './repo-name';
import type { ModelSource } from './source';
import { LOCAL, type StoredModel } from './store';

const UNKNOWN = {
	why: '',
	verified: false,
	quality: 0,
	bundled: false,
	caveat: null,
	firstLook: null,
	labels: null,
	own: true
} as const;

/** What the registry would say of a model that the reader brought, from what its own files say. */
export function ownEntry(description: ModelDescription, { id, from }: ModelSource): ModelEntry {
	const { title, architecture, licence, bytes, parameters, config } = description;
	return {
		...UNKNOWN,
		id,
		title,
		family: architecture,
		repo: from.kind === 'hub' ? from.repo : null,
		licence,
		bytes,
		parameters,
		groups: groupsOf(config),
		input: config.imageSize[0],
		patchSize: config.patchSize,
		prefix: tokenGridOf(config).prefix,
		classes: config.classes,
		scores: config.scores
	};
}

/** What can be said of a model that is kept here, when nothing more is known than that. */
export function keptEntry({ repo, bytes, local }: Pick<StoredModel, 'repo' | 'bytes' | 'local'>): ModelEntry {
	return {
		...UNKNOWN,
		id: repo,
		title: titleOfKey(repo),
		family: 'of your own',
		repo: local ? null : repo,
		licence: null,
		bytes,
		parameters: 0,
		groups: [],
		input: 0,
		patchSize: 0,
		prefix: [],
		classes: 0
	};
}

/** A model that the reader named or dropped, looked at and not loaded yet. */
export interface Found {
	readonly description: ModelDescription;
	readonly source: ModelSource;
}

/** A name for a model from the disk that no other has, so that none takes the place of one that is kept. */
export function freeName(wanted: string, taken: readonly string[]): string {
	const base = cleaned(wanted) || 'model';
	const names = new Set(taken.map(titleOfKey));
	let name = base;
	for (let i = 2; names.has(name); i++) name = `${base}-${i}`;
	return name;
}

/** A model from the disk under a name of the reader's choice, by which it is kept; others keep theirs. */
export function named({ description, source }: Found, name: string): Found {
	const { from } = source;
	const title = cleaned(name);
	if (from.kind !== 'files' || title === '') return { description, source };
	return { description: { ...description, title }, source: { ...source, ...filesSource(from.files, title) } };
}

/** As much of a name as a link can carry. */
function cleaned(name: string): string {
	return name
		.trim()
		.replace(/[^\w.-]+/g, '-')
		.replace(/^[.-]+/, '')
		.slice(0, 64);
}

/** The name that a person would know a key of the store by. */
export function titleOfKey(key: string): string {
	return key.startsWith(LOCAL) ? key.slice(LOCAL.length) : key;
}

/** Where the files of a model of the reader's own are, by its id alone: in this browser, or in the repository of that name. */
export function ownSource(id: string, endpoint: string): ModelSource {
	const from = id.startsWith(LOCAL)
		? ({ kind: 'kept', repo: id } as const)
		: ({ kind: 'hub', endpoint, ...parseRepo(id) } as const);
	return { id, from };
}

/** Entries as they were written down; whatever is none is left out. */
export function parseEntries(text: string | null): readonly ModelEntry[] {
	try {
		const list: unknown = JSON.parse(text ?? '[]');
		const named = Array.isArray(list) ? list.map(underTodaysNames) : [];
		return named.flatMap((value) => (isEntry(value) ? [{ ...value, ...UNKNOWN }] : []));
	} catch {
		return [];
	}
}

/** An entry with its fields under the names of today: the list may have been kept by an older build. */
function underTodaysNames(value: unknown): unknown {
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([field, held]) => [currentName('field', field), held]));
}

/** What {@link ownEntry} fills in; the rest is the same for every one. */
type Told = Omit<ModelEntry, keyof typeof UNKNOWN>;

function isEntry(value: unknown): value is Told {
	if (!isRecord(value)) return false;
	const { id, title, family, repo, licence, groups, prefix } = value;
	const texts = [id, title, family].every((text) => typeof text === 'string');
	const maybe = [repo, licence].every((text) => text === null || typeof text === 'string');
	const numbers = [value.bytes, value.parameters, value.input, value.patchSize, value.classes];
	const counted = numbers.every((number) => typeof number === 'number' && Number.isFinite(number));
	const scored = value.scores === undefined || SCORES.some((scores) => scores === value.scores);
	return texts && maybe && counted && scored && isStringArray(prefix) && Array.isArray(groups) && groups.every(isGroup);
}

function isGroup(value: unknown): value is Group {
	if (!isRecord(value)) return false;
	const { blocks, heads, tokens, grid } = value;
	const sides = grid === undefined ? [1, 1] : Array.isArray(grid) ? grid : [];
	return sides.length === 2 && [blocks, heads, tokens, ...sides].every((number) => Number.isInteger(number));
}
