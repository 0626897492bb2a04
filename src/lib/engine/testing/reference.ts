import { toFloat32, type StoredTensor } from '../checkpoint/safetensors';
import { SIZES, type Sizes } from './checkpoint';

export type Rows = number[][];

/** What no tensor tells. */
export interface Rules {
	/** What the head reads. */
	readonly pooling: 'cls' | 'mean' | 'cls+mean' | 'map';
	readonly eps: number;
	readonly quickGelu: boolean;
}

const PLAIN: Rules = { pooling: 'cls', eps: 1e-6, quickGelu: false };

/**
 * The forward pass once more, in plain float64 loops and straight from the papers' equations: slow, and written
 * without a look at the engine's ops, so that both can't be wrong in the same way. What a model does otherwise than a
 * plain ViT is told by the tensors that it has, under timm's names, and by what `rules` say. One without positions has
 * rotary ones.
 * @param set taps that are given in place of what is computed, row-major; all that follows goes on from there
 * @returns every tap by name, row-major
 */
export function referenceTaps(
	stored: ReadonlyMap<string, StoredTensor>,
	pixels: Float32Array,
	sizes: Sizes = SIZES,
	{ pooling, eps, quickGelu }: Rules = PLAIN,
	set: ReadonlyMap<string, readonly number[]> = new Map()
): Map<string, number[]> {
	const taps = new Map<string, number[]>();
	const values = (name: string): number[] => {
		const tensor = stored.get(name);
		if (!tensor) throw new Error(`No ${name}`);
		return [...toFloat32(tensor)];
	};
	const rowsOf = (name: string): Rows => (stored.has(name) ? chunks(values(name), sizes.dim) : []);
	/** Layer scale, where the model has it. */
	const scaled = (name: string, x: Rows): Rows => {
		const [scale] = rowsOf(name);
		return scale ? x.map((row) => row.map((v, i) => v * (scale[i] ?? NaN))) : x;
	};
	const note = (name: string, rows: Rows): Rows => {
		const given = set.get(name);
		const made = given ? chunks([...given], rows[0]?.length ?? 1) : rows;
		taps.set(name, made.flat());
		return made;
	};
	/** Rows times the layer's weights (outputs, inputs), plus its bias. */
	const layer = (name: string, x: Rows): Rows => {
		const weight = values(`${name}.weight`);
		const bias = biasOf(name, weight.length / (x[0]?.length ?? 1));
		return x.map((row) =>
			bias.map((b, o) => row.reduce((sum, v, i) => sum + v * (weight[o * row.length + i] ?? 0), b))
		);
	};
	const numbers = (name: string, length: number): number[] =>
		stored.has(name) ? values(name) : new Array<number>(length).fill(0);
	/** A layer's bias; of queries, keys and values perhaps in parts, some of which are not there. */
	const biasOf = (name: string, length: number): number[] => {
		if (!name.endsWith('.qkv') || stored.has(`${name}.bias`)) return numbers(`${name}.bias`, length);
		return ['q', 'k', 'v'].flatMap((part) => numbers(name.replace(/qkv$/, `${part}_bias`), length / 3));
	};
	const norm = (name: string, x: Rows): Rows => {
		const scale = values(`${name}.weight`);
		const offset = values(`${name}.bias`);
		return x.map((row) => {
			const mean = average(row);
			const deviation = Math.sqrt(average(row.map((v) => (v - mean) ** 2)) + eps);
			return row.map((v, i) => ((v - mean) / deviation) * (scale[i] ?? 0) + (offset[i] ?? 0));
		});
	};

	const [image = []] = note('pixel_values', [[...pixels]]);
	const patches = note('patches', cutPatches(Float32Array.from(image), sizes));
	const embedded = note('patch_embed', layer('patch_embed.proj', patches));
	const before = [...rowsOf('cls_token'), ...rowsOf('dist_token'), ...rowsOf('reg_token')];
	const learned = rowsOf('pos_embed');
	const none: Rows = Array.from({ length: before.length + embedded.length - learned.length }, () =>
		new Array<number>(sizes.dim).fill(0)
	);
	const sum = plus([...before, ...embedded], [...none, ...learned]);
	let x = note('embeddings', stored.has('norm_pre.weight') ? norm('norm_pre', note('embeddings.sum', sum)) : sum);
	const places = Array.from({ length: x.length }, (_, token) => placeOf(token - before.length, sizes));

	for (let i = 0; i < sizes.depth; i++) {
		const block = `blocks.${i}`;
		const qkv = layer(`${block}.attn.qkv`, note(`${block}.norm1`, norm(`${block}.norm1`, x)));
		const size = sizes.dim / sizes.heads;
		const heads = Array.from({ length: sizes.heads }, (_, h) => h);
		/** The rows of one head, among those of all, one head after the other. */
		const ofHead = (rows: Rows, h: number) => rows.slice(h * x.length, (h + 1) * x.length);
		const [query, key, value] = ['query', 'key', 'value'].map((name, p) => {
			const part = (h: number) => qkv.map((row) => row.slice(p * sizes.dim + h * size, p * sizes.dim + (h + 1) * size));
			return note(`${block}.${name}`, heads.flatMap(part));
		}) as [Rows, Rows, Rows];
		const turned = (name: string, rows: Rows) =>
			learned.length > 0
				? rows
				: note(
						`${block}.attn.rotated_${name}`,
						rows.map((row, i) => turn(row, places[i % x.length]))
					);
		const [asking, asked] = [turned('query', query), turned('key', key)];
		const products = heads.flatMap((h) =>
			ofHead(asking, h).map((q) => ofHead(asked, h).map((k) => dot(q, k) / Math.sqrt(size)))
		);
		const scores = note(`${block}.attn.scores`, products);
		const weights = note(`${block}.attn.pattern`, scores.map(softmaxOf));
		const mixed = heads.flatMap((h) =>
			ofHead(weights, h).map((row) =>
				Array.from({ length: size }, (_, f) =>
					dot(
						row,
						ofHead(value, h).map((v) => v[f] ?? 0)
					)
				)
			)
		);
		const out = note(`${block}.attn.head_out`, mixed);
		const merged: Rows = x.map((_, token) => heads.flatMap((h) => ofHead(out, h)[token] ?? []));
		const scale = stored.has(`${block}.gamma_1`) ? ['gamma_1', 'gamma_2'] : ['ls1.gamma', 'ls2.gamma'];
		const attended = note(`${block}.attn.out`, scaled(`${block}.${scale[0]}`, layer(`${block}.attn.proj`, merged)));
		const residual1 = note(`${block}.residual1`, plus(x, attended));
		const norm2 = note(`${block}.norm2`, norm(`${block}.norm2`, residual1));
		const first = stored.has(`${block}.mlp.fc1_g.weight`)
			? beside(layer(`${block}.mlp.fc1_g`, norm2), layer(`${block}.mlp.fc1_x`, norm2))
			: layer(`${block}.mlp.fc1`, norm2);
		const active = hiddenOf(`${block}.mlp`, first, { width: sizes.mlp, quickGelu }, note);
		const mlp = note(`${block}.mlp.out`, scaled(`${block}.${scale[1]}`, layer(`${block}.mlp.fc2`, active)));
		x = note(`${block}.out`, plus(residual1, mlp));
	}

	const last = note('norm', stored.has('norm.weight') ? norm('norm', x) : x);
	const patchRows = last.slice(before.length);
	const mean = [Array.from({ length: sizes.dim }, (_, i) => average(patchRows.map((row) => row[i] ?? NaN)))];
	const cls = last.slice(0, 1);
	const both = [[...cls.flat(), ...mean.flat()]];
	const read = pooling === 'map' ? attentionPool() : { cls, mean, 'cls+mean': both }[pooling];
	const normed = stored.has('fc_norm.weight') ? norm('fc_norm', read) : read;
	const pooled = normed === cls ? cls : note('pooled', normed);
	let logits = layer('head', pooled);
	if (stored.has('head_dist.weight')) {
		const other = note('logits.distillation', layer('head_dist', last.slice(1, 2)));
		logits = plus(note('logits.cls', logits), other).map((row) => row.map((v) => v / 2));
	}
	logits = note('logits', logits);
	note('probabilities', logits.map(softmaxOf));
	return taps;

	/** A learned query over all patches, then a norm and a feed-forward part, which is added. */
	function attentionPool(): Rows {
		const size = sizes.dim / sizes.heads;
		const heads = Array.from({ length: sizes.heads }, (_, h) => h);
		const both = layer('attn_pool.kv', last);
		const part = (rows: Rows, start: number) =>
			heads.flatMap((h) => rows.map((row) => row.slice(start + h * size, start + (h + 1) * size)));
		const query = note('pool.query', part(layer('attn_pool.q', rowsOf('attn_pool.latent')), 0));
		const [key, value] = [note('pool.key', part(both, 0)), note('pool.value', part(both, sizes.dim))];
		const ofHead = (rows: Rows, h: number) => rows.slice(h * last.length, (h + 1) * last.length);
		const products = heads.map((h) => ofHead(key, h).map((k) => dot(query[h] ?? [], k) / Math.sqrt(size)));
		const weights = note('pool.attn.pattern', note('pool.attn.scores', products).map(softmaxOf));
		const mixed = heads.map((h) =>
			Array.from({ length: size }, (_, f) =>
				dot(
					weights[h] ?? [],
					ofHead(value, h).map((v) => v[f] ?? NaN)
				)
			)
		);
		const out = note('pool.attn.out', layer('attn_pool.proj', [note('pool.attn.head_out', mixed).flat()]));
		const first = layer('attn_pool.mlp.fc1', note('pool.norm', norm('attn_pool.norm', out)));
		const active = hiddenOf('pool.mlp', first, { width: sizes.mlp, quickGelu }, note);
		return plus(out, note('pool.mlp.out', layer('attn_pool.mlp.fc2', active)));
	}
}

/** Where a patch's centre is, up to down and left to right, each from -1 to 1; null before the patches. */
function placeOf(patch: number, { image, patch: side }: Sizes): readonly [number, number] | null {
	const count = image / side;
	const along = (i: number) => ((i + 0.5) / count) * 2 - 1;
	return patch < 0 ? null : [along(Math.floor(patch / count)), along(patch % count)];
}

/** Rotary positions, pair by pair as complex numbers: those of the row by four frequencies and more, then of the column. */
function turn(row: number[], place: readonly [number, number] | null = null): number[] {
	if (!place) return row;
	const [half, quarter] = [row.length / 2, row.length / 4];
	const made = [...row];
	for (let pair = 0; pair < half; pair++) {
		const frequency = 2 * Math.PI * 100 ** -((pair % quarter) / quarter);
		const angle = (place[pair < quarter ? 0 : 1] ?? NaN) * frequency;
		const [real, imaginary] = [row[pair] ?? NaN, row[pair + half] ?? NaN];
		made[pair] = real * Math.cos(angle) - imaginary * Math.sin(angle);
		made[pair + half] = real * Math.sin(angle) + imaginary * Math.cos(angle);
	}
	return made;
}

const beside = (a: Rows, b: Rows): Rows => a.map((row, i) => [...row, ...(b[i] ?? [])]);

/** What the second layer reads: the first one's outputs after GELU, or the values that a gate lets through. */
function hiddenOf(
	name: string,
	first: Rows,
	{ width, quickGelu }: { width: number; quickGelu: boolean },
	note: (name: string, rows: Rows) => Rows
): Rows {
	if (first[0]?.length === width) {
		const hidden = note(`${name}.pre_gelu`, first);
		return note(
			`${name}.post_gelu`,
			hidden.map((row) => row.map(quickGelu ? (x) => x / (1 + Math.exp(-1.702 * x)) : gelu))
		);
	}
	const gate = note(
		`${name}.gate`,
		first.map((row) => row.slice(0, width))
	);
	const value = note(
		`${name}.value`,
		first.map((row) => row.slice(width))
	);
	const open = gate.map((row, i) => row.map((g, j) => (g / (1 + Math.exp(-g))) * (value[i]?.[j] ?? NaN)));
	return note(`${name}.gated`, open);
}

function cutPatches(pixels: Float32Array, { image, patch, channels }: Sizes): Rows {
	const rows: Rows = [];
	for (let top = 0; top < image; top += patch) {
		for (let left = 0; left < image; left += patch) {
			const row: number[] = [];
			for (let c = 0; c < channels; c++) {
				for (let y = 0; y < patch; y++) {
					for (let x = 0; x < patch; x++) row.push(pixels[(c * image + top + y) * image + left + x] ?? NaN);
				}
			}
			rows.push(row);
		}
	}
	return rows;
}

/** x times the normal distribution's cumulative function, whose integral is taken by Simpson's rule. */
export function gelu(x: number): number {
	const steps = 200;
	const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
	let integral = density(0) + density(x);
	for (let i = 1; i < steps; i++) integral += (i % 2 ? 4 : 2) * density((x * i) / steps);
	return x * (0.5 + (integral * x) / steps / 3);
}

export function softmaxOf(row: number[]): number[] {
	const powers = row.map((v) => Math.exp(v - Math.max(...row)));
	const sum = powers.reduce((a, b) => a + b, 0);
	return powers.map((p) => p / sum);
}

export const average = (row: number[]) => row.reduce((a, b) => a + b, 0) / row.length;
export const dot = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * (b[i] ?? NaN), 0);
export const plus = (a: Rows, b: Rows): Rows => a.map((row, i) => row.map((v, j) => v + (b[i]?.[j] ?? NaN)));
const chunks = (list: number[], size: number): Rows =>
	Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size));
