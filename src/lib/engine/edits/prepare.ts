import { PatchworkError } from '../../base/errors';
import type { Anatomy } from '../family';
import type { TapData, TapSpec } from '../tap';
import type { Trace } from '../trace';
import type { Edit, Part, Top } from './edit';
import { planEdits, type EditPlan } from './plan';

/** The taps of the untouched run that edits ask for, to find a `top` in. */
export function tapsRanked(edits: readonly Edit[]): ReadonlySet<string> {
	return new Set(topsOf(edits).map(({ of }) => of));
}

function topsOf(edits: readonly Edit[]): Top[] {
	const parts: Part[] = edits.flatMap((edit) => [edit, ...('of' in edit && edit.of ? [edit.of] : [])]);
	const choices = parts.flatMap(({ tokens, queries, keys }) => [tokens, queries, keys].flat());
	return choices.filter((choice) => typeof choice === 'object' && 'top' in choice);
}

/** Says whether every `top` can be looked up. @throws PatchworkError `request` for the first that cannot */
export function checkTops(edits: readonly Edit[], anatomy: Anatomy): void {
	for (const top of topsOf(edits)) checkTop(top, anatomy);
}

/**
 * Makes a plan of edits; `top` is looked up in the untouched run.
 * @param untouched null where no edit speaks of `top`
 * @throws PatchworkError `request` for the first that does not fit, by its number (from 1), or where the untouched run
 * lacks a tap
 */
export async function preparePlan(
	edits: readonly Edit[],
	anatomy: Anatomy,
	untouched: Trace | null
): Promise<EditPlan> {
	const found = new Map<string, number[]>();
	for (const top of topsOf(edits)) {
		if (!untouched) throw new Error('Edits that speak of `top` need the untouched run.');
		found.set(JSON.stringify(top), topTokens(await untouched.read(top.of), top, anatomy));
	}
	return planEdits(edits, anatomy, (top) => found.get(JSON.stringify(top)) ?? []);
}

function specOf(name: string, { taps }: Anatomy): TapSpec {
	const spec = taps.find((one) => one.name === name);
	if (spec) return spec;
	throw new PatchworkError('request', `This model has no tap "${name}" to rank tokens by.`);
}

const isPattern = ({ axes }: TapSpec) => axes[0] === 'batch' && axes[3] === 'key';

function checkTop({ top, of, head = 0 }: Top, anatomy: Anatomy): void {
	const spec = specOf(of, anatomy);
	const { axes, shape } = spec;
	const ranks = isPattern(spec) || axes[1] === 'token' || axes[1] === 'patch';
	if (!ranks) {
		throw new PatchworkError(
			'request',
			`"${of}" does not rank tokens: choose a tap with one row a token, or a pattern.`
		);
	}
	const [heads, count] = isPattern(spec) ? [shape[1] ?? 0, shape[3] ?? 0] : [1, shape[1] ?? 0];
	if (head >= heads) throw new PatchworkError('request', `"${of}" has ${heads} heads, counted from 0, and no ${head}.`);
	if (top > count) throw new PatchworkError('request', `"${of}" has ${count} tokens, and no top ${top}.`);
}

function topTokens(tap: TapData, { top, head }: Top, anatomy: Anatomy): number[] {
	const { data, shape } = tap;
	const tokens = anatomy.tokensAt(tap, isPattern(tap) ? 3 : 1);
	const scores = isPattern(tap) ? firstRow(data, shape, head) : lengths(data, shape);
	return scores
		.map((score, i) => ({ score, token: tokens[i] ?? -1 }))
		.sort((a, b) => b.score - a.score || a.token - b.token)
		.slice(0, top)
		.map(({ token }) => token);
}

/** What the first token attends to: by one head, or by the mean of all. */
function firstRow(data: Float32Array, shape: readonly number[], head?: number): number[] {
	const [, heads = 0, queries = 0, keys = 0] = shape;
	const meant = head === undefined ? Array.from({ length: heads }, (_, i) => i) : [head];
	const weight = (h: number, key: number) => data[h * queries * keys + key] ?? NaN;
	return Array.from({ length: keys }, (_, key) => meant.reduce((sum, h) => sum + weight(h, key), 0));
}

/** The Euclidean length of each row. */
function lengths(data: Float32Array, [, n = 0, d = 0]: readonly number[]): number[] {
	return Array.from({ length: n }, (_, i) => Math.hypot(...data.subarray(i * d, (i + 1) * d)));
}

/** The names of the runs that edits take numbers from. */
export function runsRead(edits: readonly Edit[]): string[] {
	return edits.flatMap((edit) => {
		if (edit.do === 'replace') return [String(edit.run)];
		return edit.do === 'mean' && edit.over === 'photos' ? edit.runs.map(String) : [];
	});
}

/** @throws PatchworkError `request` where a run that edits read was not handed over, or is of another shape or model */
export function checkRuns({ taps, specs }: EditPlan, runs: ReadonlyMap<string, Trace>): void {
	for (const [name, { edits, patchSize, shape }] of taps) {
		for (const edit of edits) {
			const read = edit.kind === 'replace' ? [edit.run] : edit.kind === 'photos' ? edit.runs : [];
			for (const run of read) {
				const spec = runs.get(run)?.specOf(name);
				// Pixels that are seen patch by patch are shaped as ever.
				const own = patchSize === null ? shape : specs.get(name)?.shape;
				if (spec && spec.shape.join() === own?.join()) continue;
				const why = spec ? `has "${name}" in another shape` : `did not keep "${name}"`;
				throw new PatchworkError(
					'request',
					runs.has(run) ? `The run "${run}" ${why}.` : `There is no run "${run}" to take "${name}" from.`
				);
			}
		}
	}
}
