import { isMade } from '../engine/edits/names';
import { tokenGridOf } from '../engine/families';
import type { TapData } from '../engine/tap';
import { PatchworkError } from '../base/errors';
import type { Engine } from '../run/engine';
import type { Cut, Question, Shown } from '../run/shown';
import type { RunResult } from '../worker/protocol';
import { viewFamilyOf } from './families';
import { isHeld, tapsShown } from './taps-shown';

const NO_ROWS = { data: new Float32Array(), shape: [1, 0, 0] };

/** What a model is fed beyond a photo, where its crop reaches there: the last corner of what it saw. */
function colourBeyond({ seen }: RunResult): string {
	const [red = 255, green = 255, blue = 255] = seen.data.subarray(-4);
	return `rgb(${red} ${green} ${blue})`;
}

/** Reads from the engine what the page shows of a run, by the family of the model that ran. @param options of `Engine.read` */
export async function readShown(
	engine: Engine,
	question: Question,
	result: RunResult,
	cut: Cut,
	options: Parameters<Engine['read']>[2] = {}
): Promise<Shown> {
	const { model } = result;
	const { config } = model;
	const family = viewFamilyOf(config);
	const lengthsTap = family.lengthsTap(config);
	const unread = isHeld(config) ? null : (family.unread?.(config) ?? null);
	const names = tapsShown(config, result.edits).filter((name) => !unread || name === lengthsTap);
	const [taps, picture] = await Promise.all([
		engine.read(result.run, names, options),
		cut(question.photo, result.crop, colourBeyond(result))
	]);
	const found = new Map(taps.map((tap) => [tap.name, tap]));
	const lengths = found.get(lengthsTap);
	if (!lengths && isMade(lengthsTap, result.edits))
		throw new PatchworkError('request', 'The engine answered without the embeddings.');
	const grid = tokenGridOf(config);
	const patterns =
		unread ??
		family.patterns(
			family.layerTaps(config).map((name) => found.get(name)),
			config
		);
	const layers = patterns.map((heads) => layerOf(heads, () => family.meanOf(heads)));
	// Of a last map whose block was passed by there are none, and all lengths are 0.
	const embeddingNorms = patchNorms(lengths ?? NO_ROWS, grid.prefix.length, grid.rows * grid.columns);
	return { ...question, model, result, picture, grid, layers, embeddingNorms };
}

/** A layer whose mean is made when it is first looked at: most are not, and the first picture need not wait for them. */
function layerOf<T>(heads: T, meanOf: () => T): { readonly heads: T; readonly mean: T } {
	let made: T | undefined;
	return {
		heads,
		get mean() {
			return (made ??= meanOf());
		}
	};
}

/**
 * Euclidean norm of each patch's row of a `1 x n x d` tap, without the `prefix` tokens before them; 0 of a patch that was
 * taken out.
 * @param patches how many there are with these
 */
export function patchNorms(
	{ data, shape, tokens: left }: Pick<TapData, 'data' | 'shape' | 'tokens'>,
	prefix: number,
	patches: number
): Float32Array {
	const [, rows = 0, dim = 0] = shape;
	const norms = new Float32Array(patches);
	for (let row = prefix; row < rows; row++) {
		const squares = data.subarray(row * dim, (row + 1) * dim).reduce((sum, value) => sum + value * value, 0);
		norms[(left?.[row] ?? row) - prefix] = Math.sqrt(squares);
	}
	return norms;
}
