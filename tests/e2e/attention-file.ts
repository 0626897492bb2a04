import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { Download } from 'playwright/test';

/** What an exported file says of one run, read without any code of the product. */
export interface AttentionFile {
	readonly meta: {
		readonly model: string;
		readonly photo: string;
		readonly top: readonly { readonly index: number; readonly label: string; readonly score: number }[];
		readonly scores: { readonly kind: string; readonly meaning: string };
	};
	readonly blocks: readonly AttentionOfBlock[];
}

/** `heads x tokens x tokens` weights, row-major: head, query, key. */
export interface AttentionOfBlock {
	readonly heads: number;
	readonly tokens: number;
	readonly data: ArrayLike<number>;
}

/** The weight that `query` gives to `key`; heads count from 0. */
export function weightAt(
	{ heads, tokens, data }: AttentionOfBlock,
	head: number | 'mean',
	query: number,
	key: number
): number {
	const at = (h: number) => data[(h * tokens + query) * tokens + key] ?? NaN;
	if (head !== 'mean') return at(head);
	return Array.from({ length: heads }, (_, h) => at(h)).reduce((sum, value) => sum + value, 0) / heads;
}

/** A query's weights to every token, CLS first; or, of the column, every token's weights to it. */
export function lineOf(
	block: AttentionOfBlock,
	head: number | 'mean',
	token: number,
	direction: 'from' | 'to' = 'from'
): number[] {
	return Array.from({ length: block.tokens }, (_, other) =>
		direction === 'from' ? weightAt(block, head, token, other) : weightAt(block, head, other, token)
	);
}

export async function readJson(saved: Download): Promise<AttentionFile> {
	const { arrays, ...meta } = JSON.parse(await readFile(await saved.path(), 'utf8')) as AttentionFile['meta'] & {
		arrays: Record<string, { shape: number[]; data: number[] }>;
	};
	return { meta, blocks: blocksOf((name) => arrays[name]) };
}

export async function readNpz(saved: Download): Promise<AttentionFile> {
	const files = unzipSync(await readFile(await saved.path()));
	const meta = JSON.parse(readText(files['patchwork.npy'])) as AttentionFile['meta'];
	const blocks = blocksOf((name) => {
		const file = files[`${name}.npy`];
		return file && readNpy(file);
	});
	return { meta, blocks };
}

/** Every array of an export, by its name. */
export async function readArrays(saved: Download): Promise<ReadonlyMap<string, Npy>> {
	const files = unzipSync(await readFile(await saved.path()));
	const arrays = Object.entries(files).filter(([name]) => name.endsWith('.attn.pattern.npy'));
	return new Map(arrays.map(([name, file]) => [name.replace(/\.npy$/, ''), readNpy(file)]));
}

/** An array as NumPy has it. */
export interface Npy {
	readonly shape: number[];
	readonly data: Float32Array;
}

/** A scalar of bytes in UTF-8, in the same format. */
function readText(file = new Uint8Array()): string {
	const length = (file[8] ?? 0) + 256 * (file[9] ?? 0);
	const header = strFromU8(file.subarray(10, 10 + length));
	if (!/'descr': '\|S\d+', .*'shape': \(\)/.test(header)) throw new Error(`Not a scalar of bytes: ${header}`);
	return strFromU8(file.subarray(10 + length));
}

/** Format 1.0 as NumPy documents it: magic, version, length of the header, a Python dictionary, the values. */
function readNpy(file: Uint8Array): Npy {
	const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
	const length = view.getUint16(8, true);
	const header = strFromU8(file.subarray(10, 10 + length));
	const [, order = '', shape = ''] = /'descr': '<f4', 'fortran_order': (\w+), 'shape': \(([^)]*)\)/.exec(header) ?? [];
	if (order !== 'False') throw new Error(`Not an array of float32 in C order: ${header}`);
	return {
		shape: shape.split(',').filter(Boolean).map(Number),
		data: new Float32Array(file.slice(10 + length).buffer)
	};
}

function blocksOf(
	find: (name: string) => { shape: number[]; data: ArrayLike<number> } | undefined
): readonly AttentionOfBlock[] {
	const blocks: AttentionOfBlock[] = [];
	for (let i = 0; ; i++) {
		const found = find(`blocks.${i}.attn.pattern`);
		if (!found) return blocks;
		const [, heads = 0, tokens = 0] = found.shape;
		blocks.push({ heads, tokens, data: found.data });
	}
}
