import { PatchworkError } from '../../base/errors';
import { inJson } from './fields';

/** Something that both files tell, in words that can follow `config.json says` and `the weights have`: `12 blocks`. */
export type Words = (value: unknown) => string;

/**
 * A `config.json` of one model beside the weights of another. The weights would have the last word on every size, but
 * what only the file tells, such as the number of heads, would be another model's, and nobody would notice.
 */
export function apart(said: string, found: string): PatchworkError {
	return new PatchworkError(
		'config',
		`These two files don’t belong together: config.json says ${said}, and the weights have ${found}. Take both from one model.`
	);
}

/**
 * Holds what the file says against what the weights show. A key that is absent says nothing.
 * @param wordsSaid how the file says it, where that is in other words
 * @throws PatchworkError `config` where they differ
 */
export function mustAgree(said: unknown, found: unknown, words: Words, wordsSaid = words): void {
	if (said === undefined || said === null || JSON.stringify(said) === JSON.stringify(found)) return;
	throw apart(wordsSaid(said), words(found));
}

/** Things that are counted: `1 block`, `12 blocks`. */
export const counted =
	(one: string): Words =>
	(count) =>
		`${inJson(count)} ${count === 1 ? one : `${one}s`}`;

export const width: Words = (features) => `a width of ${inJson(features)}`;
export const patches: Words = (side) => `patches of ${inJson(side)} pixels`;
export const hidden: Words = (features) => `${inJson(features)} hidden features in each MLP`;
export const biases: Words = (has) => `${has === false ? 'no biases' : 'biases'} for query, key and value`;

/** The side of a square patch, which some files give twice. */
export function sideOf(patch: unknown): unknown {
	return Array.isArray(patch) && patch.length === 2 && patch[0] === patch[1] ? (patch[0] as unknown) : patch;
}

/** The hidden width of an MLP as timm and transformers compute it; undefined where the file has no ratio. */
export function hiddenWidth(dim: number, ratio: unknown): number | undefined {
	return typeof ratio === 'number' ? Math.floor(dim * ratio) : undefined;
}
