import { toFloat32, type StoredTensor } from '../checkpoint/safetensors';
import { average, dot, gelu, plus, softmaxOf, type Rows } from './reference';
import type { SwinSizes } from './swin-checkpoint';

/** A map of tokens; reading outside of it gives padding. */
interface TokenMap {
	readonly rows: number;
	readonly columns: number;
	readonly tokens: Rows;
}

/**
 * Swin's forward pass once more, in plain float64 loops: slow, and written without a look at the engine's. Nothing is
 * rolled or cut here: each token looks up by itself which others it may attend to.
 * @param set taps that are given in place of what is computed, row-major; all that follows goes on from there
 * @returns every tap by name, row-major
 */
export function swinReferenceTaps(
	stored: ReadonlyMap<string, StoredTensor>,
	pixels: Float32Array,
	sizes: SwinSizes,
	set: ReadonlyMap<string, readonly number[]> = new Map()
): Map<string, number[]> {
	const taps = new Map<string, number[]>();
	const note = (name: string, rows: Rows): Rows => {
		const given = set.get(name);
		const made = given ? chunks([...given], rows[0]?.length ?? 1) : rows;
		taps.set(name, made.flat());
		return made;
	};
	const model = new Parameters(stored);
	const [image = []] = note('pixel_values', [[...pixels]]);
	const { tokens: cut, ...size } = cutPatches(Float32Array.from(image), sizes);
	const patches = note('patches', cut);
	const embedded = note('patch_embed', model.layer('embeddings.patch_embeddings.projection', patches));
	const normed = model.norm('embeddings.norm', embedded, 1e-5);
	const positions = sizes.absolutePositions
		? chunks(model.values('swin.embeddings.position_embeddings'), sizes.dim)
		: normed.map((row) => row.map(() => 0));
	let map: TokenMap = { ...size, tokens: note('embeddings', plus(normed, positions)) };
	for (const [s, stage] of sizes.stages.entries()) {
		for (let b = 0; b < stage.depth; b++) map = block(model, map, stage, s, b, sizes, note);
		if (s + 1 < sizes.stages.length) map = merge(model, map, s, note);
	}
	const norm = note('norm', model.norm('layernorm', map.tokens, sizes.eps));
	const pooled = norm[0]?.map((_, f) => average(norm.map((row) => row[f] ?? NaN))) ?? [];
	const logits = note('logits', model.layer('classifier', [pooled], ''));
	note('probabilities', logits.map(softmaxOf));
	return taps;
}

type Note = (name: string, rows: Rows) => Rows;
/** The rows of one head in one window. */
type PerHead = (w: number, h: number) => Rows;

function block(
	model: Parameters,
	map: TokenMap,
	{ heads, window: full, cut = [full, full] }: SwinSizes['stages'][number],
	s: number,
	b: number,
	{ eps, timm = false }: SwinSizes,
	note: Note
): TokenMap {
	const name = `stages.${s}.blocks.${b}`;
	const stem = `encoder.layers.${s}.blocks.${b}`;
	const norm1 = note(`${name}.norm1`, model.norm(`${stem}.layernorm_before`, map.tokens, eps));
	const windows = windowsOf({ ...map, tokens: norm1 }, full, b % 2 === 1, timm);
	const part = (which: string) => windows.map(({ tokens }) => model.layer(`${stem}.attention.self.${which}`, tokens));
	const size = (norm1[0]?.length ?? 0) / heads;
	const head = (rows: Rows | undefined, h: number): Rows =>
		(rows ?? []).map((row) => row.slice(h * size, (h + 1) * size));
	const table = model.values(`swin.${stem}.attention.self.relative_position_bias_table`);
	const perHead = <T>(f: (w: number, h: number) => T): T[] =>
		windows.flatMap((_, w) => Array.from({ length: heads }, (__, h) => f(w, h)));
	const area = windows[0]?.places.length ?? 0;
	/** Notes what every head makes in every window, and finds it again. */
	const noted = (tap: string, of: (w: number, h: number) => Rows) => {
		const rows = note(`${name}.${tap}`, perHead(of).flat());
		return (w: number, h: number) => rows.slice((w * heads + h) * area, (w * heads + h + 1) * area);
	};
	const [query, key, value] = (['query', 'key', 'value'] as const).map((which) => {
		const rows = part(which);
		return noted(which, (w, h) => head(rows[w], h));
	}) as [PerHead, PerHead, PerHead];
	const scores = noted('attn.scores', (w, h) => {
		const places = windows[w]?.places ?? [];
		return query(w, h).map((q, i) =>
			key(w, h).map((k, j) => dot(q, k) / Math.sqrt(size) + added(places[i], places[j], table, cut, heads, h))
		);
	});
	const weights = noted('attn.pattern', (w, h) => scores(w, h).map(softmaxOf));
	const out = noted('attn.head_out', (w, h) => {
		const values = value(w, h);
		return weights(w, h).map((row) =>
			Array.from({ length: size }, (_, f) => row.reduce((sum, share, j) => sum + share * (values[j]?.[f] ?? NaN), 0))
		);
	});
	const home: Rows = map.tokens.map(() => []);
	for (const [w, { places }] of windows.entries()) {
		for (const [i, { token }] of places.entries()) {
			if (token !== null) home[token] = Array.from({ length: heads }, (_, h) => out(w, h)[i] ?? []).flat();
		}
	}
	const attended = note(`${name}.attn.out`, model.layer(`${stem}.attention.output.dense`, home));
	const residual1 = note(`${name}.residual1`, plus(map.tokens, attended));
	const norm2 = note(`${name}.norm2`, model.norm(`${stem}.layernorm_after`, residual1, eps));
	const hidden = note(`${name}.mlp.pre_gelu`, model.layer(`${stem}.intermediate.dense`, norm2));
	const active = note(
		`${name}.mlp.post_gelu`,
		hidden.map((row) => row.map(gelu))
	);
	const mlp = note(`${name}.mlp.out`, model.layer(`${stem}.output.dense`, active));
	return { ...map, tokens: note(`${name}.out`, plus(residual1, mlp)) };
}

/** A place of a window: where it is in the picture's map, and whether it came round the edge to get here. */
interface Place {
	readonly row: number;
	readonly column: number;
	readonly cameRound: string;
	/** Null for padding. */
	readonly token: number | null;
}

/** What the bias and the mask add to a score. The masked get what the reference gives them. */
function added(
	query: Place | undefined,
	key: Place | undefined,
	table: number[],
	[tall, wide]: readonly [number, number],
	heads: number,
	head: number
): number {
	if (!query || !key) return NaN;
	const rows = query.row - key.row + tall - 1;
	const columns = query.column - key.column + wide - 1;
	const bias = table[(rows * (2 * wide - 1) + columns) * heads + head] ?? NaN;
	return query.cameRound === key.cameRound ? bias : bias - 100;
}

/** Every window of a map: where its places are, and the tokens there, padding as zeros. */
function windowsOf(map: TokenMap, full: number, isOdd: boolean, timm: boolean): { places: Place[]; tokens: Rows }[] {
	const shorter = Math.min(map.rows, map.columns);
	const [down, across] = [map.rows, map.columns].map((length) => {
		const limit = timm ? length : shorter;
		const side = Math.min(full, limit);
		return { length, side, shift: isOdd && limit > full ? Math.floor(full / 2) : 0, count: Math.ceil(length / side) };
	}) as [Cut, Cut];
	const zeros = (map.tokens[0] ?? []).map(() => 0);
	return Array.from({ length: down.count * across.count }, (_, w) => {
		const places: Place[] = [];
		for (let y = 0; y < down.side; y++) {
			for (let x = 0; x < across.side; x++) {
				const row = placeOn(down, Math.floor(w / across.count) * down.side + y, timm);
				const column = placeOn(across, (w % across.count) * across.side + x, timm);
				const token = row.from === null || column.from === null ? null : row.from * map.columns + column.from;
				places.push({ row: row.at, column: column.at, cameRound: `${row.cameRound} ${column.cameRound}`, token });
			}
		}
		return { places, tokens: places.map(({ token }) => (token === null ? zeros : (map.tokens[token] ?? []))) };
	});
}

/** How one axis of a map is cut. */
interface Cut {
	readonly length: number;
	readonly side: number;
	readonly shift: number;
	readonly count: number;
}

/**
 * Where the places of an axis come from, on a picture that goes on; the offsets in a window are those of these places.
 * transformers turns the axis with its padding round. timm turns it without, so that the padding stays at the end, where
 * its mask still takes the last `shift` places for those that came round.
 */
function placeOn({ length, side, shift, count }: Cut, place: number, timm: boolean) {
	const at = place + shift;
	const cameRound = at >= count * side;
	if (timm) return { at, cameRound, from: place < length ? at % length : null };
	const from = cameRound ? at - count * side : at;
	return { at, cameRound, from: from < length ? from : null };
}

/** Joins 2 x 2 tokens: top left, bottom left, top right, bottom right. */
function merge(model: Parameters, map: TokenMap, s: number, note: Note): TokenMap {
	const [rows, columns] = [Math.ceil(map.rows / 2), Math.ceil(map.columns / 2)];
	const zeros = (map.tokens[0] ?? []).map(() => 0);
	const at = (row: number, column: number) =>
		row < map.rows && column < map.columns ? (map.tokens[row * map.columns + column] ?? []) : zeros;
	const joined = Array.from({ length: rows * columns }, (_, i) => {
		const [top, left] = [2 * Math.floor(i / columns), 2 * (i % columns)];
		return [at(top, left), at(top + 1, left), at(top, left + 1), at(top + 1, left + 1)].flat();
	});
	const stem = `encoder.layers.${s}.downsample`;
	const reduced = model.layer(`${stem}.reduction`, model.norm(`${stem}.norm`, joined, 1e-5));
	return { rows, columns, tokens: note(`stages.${s}.merge`, reduced) };
}

function cutPatches(pixels: Float32Array, { image: [height, width], patch, channels }: SwinSizes): TokenMap {
	const [rows, columns] = [Math.ceil(height / patch), Math.ceil(width / patch)];
	const pixel = (c: number, y: number, x: number) =>
		y < height && x < width ? (pixels[(c * height + y) * width + x] ?? NaN) : 0;
	const tokens = Array.from({ length: rows * columns }, (_, i) => {
		const [top, left] = [patch * Math.floor(i / columns), patch * (i % columns)];
		const row: number[] = [];
		for (let c = 0; c < channels; c++) {
			for (let y = 0; y < patch; y++) for (let x = 0; x < patch; x++) row.push(pixel(c, top + y, left + x));
		}
		return row;
	});
	return { rows, columns, tokens };
}

/** A checkpoint's layers, by Hugging Face's names. */
class Parameters {
	constructor(private readonly stored: ReadonlyMap<string, StoredTensor>) {}

	values(name: string): number[] {
		const tensor = this.stored.get(name);
		if (!tensor) throw new Error(`No ${name}`);
		return [...toFloat32(tensor)];
	}

	/** Rows times the layer's weights (outputs, inputs), plus its bias if it has one. */
	layer(name: string, x: Rows, prefix = 'swin.'): Rows {
		const weight = this.values(`${prefix}${name}.weight`);
		const width = x[0]?.length ?? 1;
		const bias = this.stored.has(`${prefix}${name}.bias`)
			? this.values(`${prefix}${name}.bias`)
			: new Array<number>(weight.length / width).fill(0);
		return x.map((row) => bias.map((b, o) => row.reduce((sum, v, i) => sum + v * (weight[o * width + i] ?? NaN), b)));
	}

	norm(name: string, x: Rows, eps: number): Rows {
		const [scale, offset] = [this.values(`swin.${name}.weight`), this.values(`swin.${name}.bias`)];
		return x.map((row) => {
			const mean = average(row);
			const deviation = Math.sqrt(average(row.map((v) => (v - mean) ** 2)) + eps);
			return row.map((v, i) => ((v - mean) / deviation) * (scale[i] ?? NaN) + (offset[i] ?? NaN));
		});
	}
}

const chunks = (list: number[], size: number): Rows =>
	Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size));
