import { beforeAll, describe, expect, it } from 'vitest';
import { headEntropy, meanOverQueries, rowOf, type Attention } from '../analysis/attention';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { Model, type CheckpointFiles } from '../engine/model';
import { pixelValues, SIZES, timmCheckpoint } from '../engine/testing/checkpoint';
import type { ViTConfig } from '../engine/vit/config';
import { swinCheckpoint, swinPixels } from '../engine/testing/swin-checkpoint';
import type { Shown } from '../run/shown';
import { readShown } from './read-shown';
import { cut, FakeEngine, model as described, photo, result } from '../run/testing';

const TOKENS = 17;

/** What is shown of a real run of a made-up model with these edits. */
async function shownAfter(edits: Edit[], files: CheckpointFiles, pixels: Float32Array): Promise<Shown> {
	const model = Model.load(files);
	const trace = await model.run(pixels, { edits });
	const engine = new FakeEngine();
	engine.read = (_, names) => Promise.all(names.map((name) => trace.read(name)));
	const ran = { ...result(1), edits, model: { ...described('made-up'), config: model.config } };
	try {
		return await readShown(engine, { photo: photo('a'), crop: null, edits }, ran, cut);
	} finally {
		trace.dispose();
		model.dispose();
	}
}

const isOfViT = (shown: Shown): shown is Shown<ViTConfig, Attention> => shown.model.config.family === 'vit';

async function afterEdits(...edits: Edit[]): Promise<Shown<ViTConfig, Attention>> {
	const shown = await shownAfter(edits, timmCheckpoint(), pixelValues());
	if (!isOfViT(shown)) throw new Error('The checkpoint is a ViT.');
	return shown;
}

beforeAll(() => useNodeBackend('cpu'));

describe('what is shown of a run with edits', () => {
	it('is like any other where all tokens are there, with its own maps', async () => {
		const [plain, edited] = [await afterEdits(), await afterEdits({ tap: 'blocks.0.out', tokens: 3, do: 'zero' })];
		expect(edited.layers[0]?.heads.data).toEqual(plain.layers[0]?.heads.data);
		expect(edited.layers[1]?.heads.data).not.toEqual(plain.layers[1]?.heads.data);
		expect(edited.edits).toHaveLength(1);
	});

	it('has each token that is left in its place, and zeros for those that were taken out', async () => {
		const left = [0, 9, 2];
		const plain = await afterEdits();
		const edited = await afterEdits({ tap: 'embeddings', tokens: left, do: 'keep' });
		const block = edited.layers[0]?.heads;
		expect(block).toMatchObject({ tokens: TOKENS, rows: 4, columns: 4 });
		for (let token = 0; token < TOKENS; token++) {
			const row = block ? Array.from(rowOf(block, 1, token)) : [];
			const sum = row.reduce((total, weight) => total + weight, 0);
			expect(sum).toBeCloseTo(left.includes(token) ? 1 : 0, 5);
			expect(row.every((weight, key) => weight === 0 || left.includes(key))).toBe(true);
		}
		const [norms, all] = [edited.embeddingNorms, plain.embeddingNorms];
		expect(norms).toEqual(all.map((norm, patch) => (left.includes(patch + 1) ? norm : 0)));
		expect(edited.layers[1]?.mean.data.some(Number.isNaN)).toBe(false);
	});

	it('is measured by the tokens that are left', async () => {
		const one = (await afterEdits({ tap: 'embeddings', tokens: [0, 5], do: 'keep' })).layers[0]?.heads;
		const all = (await afterEdits()).layers[0]?.heads;
		const toCls = (a?: Attention) => a && meanOverQueries(a, 0, (row) => row[0] ?? NaN);
		// Two tokens share what 17 did: each gets about a half.
		expect(toCls(one)).toBeGreaterThan(0.2);
		expect(toCls(all)).toBeLessThan(0.2);
		expect(one && headEntropy(one, 0)).toBeGreaterThan(0.3);
		expect(one && headEntropy(one, 0)).toBeLessThanOrEqual(Math.log(2));
	});

	it('keeps the place of a block that was passed by, with nothing in it', async () => {
		const edited = await afterEdits({ tap: 'blocks.0', do: 'skip' });
		expect(edited.layers).toHaveLength(SIZES.depth);
		expect(edited.layers[0]?.heads.data).toEqual(new Float32Array(SIZES.heads * TOKENS ** 2));
		expect(edited.layers[1]?.heads.data.some((weight) => weight > 0)).toBe(true);
		const none = await afterEdits({ tap: 'blocks.*', do: 'skip' });
		expect(none.layers.every(({ mean }) => mean.data.every((weight) => weight === 0))).toBe(true);
	});

	it('does so too where attention is in windows', async () => {
		const edits: Edit[] = [{ tap: 'stages.0.blocks.1', do: 'skip' }];
		const [plain, edited] = [
			await shownAfter([], swinCheckpoint(), swinPixels()),
			await shownAfter(edits, swinCheckpoint(), swinPixels())
		];
		const [before, after] = [plain, edited].map(({ layers }) => layers.map(({ heads }) => heads.data));
		expect(after?.map(({ length }) => length)).toEqual(before?.map(({ length }) => length));
		expect(after?.[0]).toEqual(before?.[0]);
		expect(after?.[1]?.every((weight) => weight === 0)).toBe(true);
		expect(after?.[2]?.some((weight) => weight > 0)).toBe(true);
	});
});
