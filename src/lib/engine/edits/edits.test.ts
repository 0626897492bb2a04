import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { readSafetensors } from '../checkpoint/safetensors';
import { Model } from '../model';
import { anatomyOf, tapSpecs } from '../families';
import { isPadded, tokenAt, windowLayout } from '../swin/windows';
import { pixelValues, random, SIZES, timmCheckpoint } from '../testing/checkpoint';
import { swinCheckpoint, swinPixels, SWIN_SIZES } from '../testing/swin-checkpoint';
import { SMALL_CONFIG } from '../testing/small';
import { swinReferenceTaps } from '../testing/swin-reference';
import { PRUNED } from '../testing/pruned';
import { referenceTaps } from '../testing/reference';
import { rulesOf, VARIANTS, variantCheckpoint } from '../testing/variants';
import type { Edit, Tokens } from './edit';
import { parseEdits } from './parse';
import { planEdits } from './plan';
import { runsRead } from './prepare';

const PATCHES = (SIZES.image / SIZES.patch) ** 2;
const IDENTITY = Array.from({ length: PATCHES }, (_, i) => i);
const REVERSED = IDENTITY.toReversed();
const ROTATED = IDENTITY.map((i) => (i * 5 + 3) % PATCHES);
const shuffled = (order: number[]): Edit => ({ tap: 'pixel_values', tokens: 'patches', do: 'permute', order });
const WITHOUT_POSITIONS: Edit = { tap: 'parameters.pos_embed', do: 'zero' };

const largest = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? NaN))));

/** Taps that are given to the plain computation. */
type Given = ReadonlyMap<string, readonly number[]>;

/** The numbers of some taps of one run; leaves nothing behind. */
async function read(model: Model, names: readonly string[], edits: readonly Edit[], pixels = pixelValues()) {
	const trace = await model.run(pixels, { edits });
	const taps = await Promise.all(names.map((name) => trace.read(name)));
	trace.dispose();
	return taps.map(({ data }) => data);
}

describe.each(['cpu', 'wasm'] as const)('edits of the sequence on %s', (backend) => {
	let model: Model;
	beforeAll(async () => {
		await useNodeBackend(backend);
		model = Model.load(timmCheckpoint());
	});
	afterAll(() => model.dispose());
	const one = async (name: string, ...edits: Edit[]) => (await read(model, [name], edits))[0] ?? new Float32Array();

	it('put the patches where the order says, pixel by pixel', async () => {
		const patches = await one('patches');
		const moved = await one('patches', shuffled(ROTATED));
		const size = patches.length / PATCHES;
		for (const [place, patch] of ROTATED.entries()) {
			expect(moved.slice(place * size, (place + 1) * size)).toEqual(patches.slice(patch * size, (patch + 1) * size));
		}
		expect(await one('pixel_values', shuffled(IDENTITY))).toEqual(await one('pixel_values'));
	});

	it('cannot be seen in another order without positions, and can with them', async () => {
		const plain = await one('logits', WITHOUT_POSITIONS);
		for (const order of [REVERSED, ROTATED]) {
			expect(largest(plain, await one('logits', shuffled(order), WITHOUT_POSITIONS))).toBeLessThan(1e-4);
		}
		expect(largest(await one('logits'), await one('logits', shuffled(REVERSED)))).toBeGreaterThan(1e-3);
	});

	it('leave the embeddings what they are without positions: the CLS token, then the patches’', async () => {
		const tokens = await one('embeddings', WITHOUT_POSITIONS);
		expect(tokens.slice(SIZES.dim)).toEqual(await one('patch_embed'));
	});

	it('take tokens out, so that what follows is shorter, and speak of those left by their first numbers', async () => {
		const trace = await model.run(pixelValues(), {
			edits: [
				{ tap: 'embeddings', tokens: ['cls', 5, 2, 9], do: 'keep' },
				{ tap: 'blocks.0.out', tokens: 2, do: 'zero' }
			]
		});
		const pattern = await trace.read('blocks.1.attn.pattern');
		const out = await trace.read('blocks.0.out');
		expect([pattern.tokens, out.tokens]).toEqual([
			[0, 5, 2, 9],
			[0, 5, 2, 9]
		]);
		expect((await trace.read('logits')).tokens).toBeUndefined();
		expect(pattern.shape).toEqual([1, SIZES.heads, 4, 4]);
		expect(out.shape).toEqual([1, 4, SIZES.dim]);
		const rows = [0, 1, 2, 3].map((row) =>
			out.data.slice(row * SIZES.dim, (row + 1) * SIZES.dim).every((v) => v === 0)
		);
		expect(rows).toEqual([false, false, true, false]);
		trace.dispose();
	});

	it('begin where the first of them is, and share what lies before with the untouched run', async () => {
		const untouched = await model.run(pixelValues());
		const held = tf.memory().numTensors;
		const edits: Edit[] = [{ tap: 'blocks.1.attn.head_out', head: 1, do: 'zero' }];
		const blocks: number[] = [];
		const trace = await model.run(pixelValues(), { edits, untouched, pause: (done) => void blocks.push(done) });
		const fresh = await model.run(pixelValues(), { edits });
		expect(trace.names.sort()).toEqual(fresh.names.sort());
		for (const name of trace.names) expect((await trace.read(name)).data, name).toEqual((await fresh.read(name)).data);
		const [ours, theirs] = [trace.handedOn('blocks.0.out'), untouched.handedOn('blocks.0.out')];
		expect(ours?.dataId).toBe(theirs?.dataId);
		for (const owner of [trace, fresh]) owner.dispose();
		expect(tf.memory().numTensors).toBe(held);
		untouched.dispose();
	});

	it('begin at the block whose parameter they change', async () => {
		const untouched = await model.run(pixelValues());
		const edits: Edit[] = [{ tap: 'parameters.blocks.1.fc1.bias', do: 'zero' }];
		const trace = await model.run(pixelValues(), { edits, untouched });
		expect(trace.handedOn('blocks.0.out')?.dataId).toBe(untouched.handedOn('blocks.0.out')?.dataId);
		expect((await trace.read('logits')).data).not.toEqual((await untouched.read('logits')).data);
		for (const owner of [trace, untouched]) owner.dispose();
	});

	it('find the top tokens in the untouched run', async () => {
		const [out] = await read(model, ['blocks.0.out'], []);
		const lengths = Array.from({ length: PATCHES + 1 }, (_, i) =>
			Math.hypot(...(out?.subarray(i * SIZES.dim, (i + 1) * SIZES.dim) ?? []))
		);
		const longest = lengths.indexOf(Math.max(...lengths));
		const by = (tokens: Tokens) => one('logits', { tap: 'blocks.0.out', tokens, do: 'scale', by: 3 });
		expect(await by({ top: 1, of: 'blocks.0.out' })).toEqual(await by(longest));
	});
});

describe.each(['cpu', 'wasm'] as const)('a head that is zeroed is a head that is pruned, on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it.each(PRUNED)('$name', async ({ files, without, edit, pixels }) => {
		const [model, other] = [Model.load(files), Model.load(without)];
		const edited = await read(model, ['logits'], [edit], pixels);
		expect(edited).toEqual(await read(other, ['logits'], [], pixels));
		expect(edited).not.toEqual(await read(model, ['logits'], [], pixels));
		for (const owner of [model, other]) owner.dispose();
	});
});

it('a file may name taps as they were once called', () => {
	const top = { top: 2, of: 'blocks.1.attn.pattern' };
	expect(parseEdits([{ tap: 'parameters.pos_embed', tokens: top, do: 'zero' }])).toEqual([
		{ tap: 'parameters.pos_embed', tokens: { ...top, of: 'blocks.1.attn.pattern' }, do: 'zero' }
	]);
});

describe('tokens by what they are', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it('are the same ones in the parameter that they begin as', async () => {
		const variant = VARIANTS.find(({ name }) => name === 'registers with positions');
		const model = Model.load(variantCheckpoint(variant ?? expect.fail('no variant has registers')));
		const only = async (tokens: Tokens) =>
			(await read(model, ['logits'], [{ tap: 'parameters.reg_tokens', tokens, do: 'zero' }]))[0];
		const all = (await read(model, ['logits'], [{ tap: 'parameters.reg_tokens', do: 'zero' }]))[0];
		expect(await only('registers')).toEqual(all);
		expect(await only([1, 2, 3])).toEqual(all);
		expect(await only(3)).not.toEqual(all);
		await expect(only('cls')).rejects.toMatchObject({ code: 'request' });
		model.dispose();
	});

	it('may be the top ones, wherever other tokens were taken out or come first', async () => {
		const variant = VARIANTS.find(({ name }) => name === 'registers with positions');
		const model = Model.load(variantCheckpoint(variant ?? expect.fail('no variant has registers')));
		const top = { top: 2, of: 'patch_embed' };
		const edits: Edit[] = [{ tap: 'embeddings', tokens: ['cls', 'registers', top], do: 'keep' }];
		const trace = await model.run(pixelValues(), { edits });
		expect((await trace.read('norm')).shape).toEqual([1, 6, SIZES.dim]);
		trace.dispose();
		model.dispose();
	});

	it('take a row of numbers each', async () => {
		const model = Model.load(timmCheckpoint());
		const to = [1, 2, 3];
		const edits: Edit[] = [{ tap: 'blocks.0.attn.scores', keys: [4, 7, 9], queries: [0, 2], head: 1, do: 'set', to }];
		const [data = new Float32Array()] = await read(model, ['blocks.0.attn.scores'], edits);
		const n = PATCHES + 1;
		for (const query of [0, 2]) expect([4, 7, 9].map((key) => data[(n + query) * n + key])).toEqual(to);
		model.dispose();
	});

	it('have a mean of many cells', async () => {
		const model = Model.load(timmCheckpoint());
		const tap = 'blocks.0.attn.scores';
		const [plain = new Float32Array()] = await read(model, [tap], []);
		const [data = new Float32Array()] = await read(
			model,
			[tap],
			[{ tap: 'blocks.*.attn.scores', head: [0, 2], do: 'mean', over: 'heads', of: { tap, head: [0, 2] } }]
		);
		const size = plain.length / SIZES.heads;
		for (let i = 0; i < size; i++) {
			expect(data[i]).toBeCloseTo(((plain[i] ?? NaN) + (plain[2 * size + i] ?? NaN)) / 2, 5);
			expect(data[size + i]).toBe(plain[size + i]);
		}
		model.dispose();
	});
});

describe('tokens in windows', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it('are those of the map, wherever a block’s windows have them', async () => {
		const model = Model.load(swinCheckpoint());
		for (const block of ['stages.0.blocks.0', 'stages.0.blocks.1', 'stages.1.blocks.1']) {
			const out = `${block}.attn.out`;
			const edits: Edit[] = [{ tap: `${block}.attn.head_out`, tokens: [3, 11], do: 'zero' }];
			const [plain, edited] = [
				await read(model, [out], [], swinPixels()),
				await read(model, [out], edits, swinPixels())
			].map(([data]) => data ?? new Float32Array());
			const width = tapSpecs(model.config).find(({ name }) => name === out)?.shape[2] ?? 0;
			const rows = Array.from({ length: (plain?.length ?? 0) / width }, (_, row) => row);
			const changed = rows.filter((row) => {
				const [a, b] = [plain, edited].map((data) => data?.slice(row * width, (row + 1) * width));
				return a?.some((value, i) => value !== b?.[i]);
			});
			expect(changed, block).toEqual([3, 11]);
		}
		model.dispose();
	});
});

describe('a mean', () => {
	it('over the tokens of windows leaves out what fills them up', async () => {
		await useNodeBackend('cpu');
		const model = Model.load(swinCheckpoint());
		const tap = 'stages.0.blocks.0.attn.head_out';
		const [plain = new Float32Array()] = await read(model, [tap], [], swinPixels());
		const [data = new Float32Array()] = await read(model, [tap], [{ tap, do: 'mean', over: 'tokens' }], swinPixels());
		const { config } = model;
		if (config.family !== 'swin') expect.fail('it is a Swin');
		const layout = windowLayout(config, 0, 0);
		expect(isPadded(layout)).toBe(true);
		const width = plain.length / (layout.count * layout.area);
		const rows = Array.from({ length: layout.count * layout.area }, (_, i) => i);
		const real = rows.filter((i) => {
			return tokenAt(layout, { window: Math.floor(i / layout.area), place: i % layout.area }) !== null;
		});
		for (let feature = 0; feature < width; feature++) {
			const mean = real.reduce((sum, row) => sum + (plain[row * width + feature] ?? NaN), 0) / real.length;
			for (const row of rows) expect(data[row * width + feature]).toBeCloseTo(mean, 5);
		}
		model.dispose();
	});

	it('may have very many cells', () => {
		// A function takes far fewer arguments than a tap of a large model has cells.
		const tap = { name: 'blocks.0.attn.scores', shape: [1, 2, 1000, 1000], axes: ['batch', 'head', 'query', 'key'] };
		const anatomy = { ...anatomyOf(SMALL_CONFIG), taps: [tap], parameters: [], blocks: [] };
		const edits: Edit[] = [{ tap: tap.name, head: 0, do: 'mean', over: 'heads', of: { head: [0, 1] } }];
		const [planned] = planEdits(edits, anatomy, () => []).taps.get(tap.name)?.edits ?? [];
		expect(planned).toMatchObject({ kind: 'mean', from: { axes: [1], count: 2 } });
	});
});

describe('every tap of every kind of model', () => {
	beforeAll(() => useNodeBackend('wasm'));

	it.each([
		...VARIANTS.map((variant) => [variant.name, variantCheckpoint(variant), pixelValues()] as const),
		['a ViT', timmCheckpoint(), pixelValues()] as const,
		['a Swin', swinCheckpoint(), swinPixels()] as const
	])('can be set to what it is, which changes no bit: %s', async (_, files, pixels) => {
		const model = Model.load(files);
		const untouched = await model.run(pixels);
		const expected = (await untouched.read('logits')).data;
		const held = tf.memory().numTensors;
		for (const { name } of tapSpecs(model.config)) {
			const { data } = await untouched.read(name);
			const edits: Edit[] = [{ tap: name, do: 'set', to: [...data] }];
			const trace = await model.run(pixels, { edits, untouched, taps: (tap) => tap === name || tap === 'logits' });
			expect((await trace.read('logits')).data, name).toEqual(expected);
			expect((await trace.read(name)).data, name).toEqual(data);
			trace.dispose();
			expect(tf.memory().numTensors, name).toBe(held);
		}
		untouched.dispose();
		model.dispose();
	});

	it.each([
		...VARIANTS.map((variant) => {
			const stored = readSafetensors(variantCheckpoint(variant).weights);
			const { sizes = SIZES } = variant;
			const expected = (set: Given) => referenceTaps(stored, pixelValues(), sizes, rulesOf(variant), set);
			return { name: variant.name, files: variantCheckpoint(variant), pixels: pixelValues(), expected };
		}),
		{
			name: 'a ViT',
			files: timmCheckpoint(),
			pixels: pixelValues(),
			expected: (set: Given) =>
				referenceTaps(readSafetensors(timmCheckpoint().weights), pixelValues(), SIZES, undefined, set)
		},
		{
			name: 'a Swin',
			files: swinCheckpoint(),
			pixels: swinPixels(),
			expected: (set: Given) =>
				swinReferenceTaps(readSafetensors(swinCheckpoint().weights), swinPixels(), SWIN_SIZES, set)
		}
	])(
		'set to other numbers, gives what the plain computation goes on to from there: $name',
		{ timeout: 60_000 },
		async ({ files, pixels, expected }) => {
			const model = Model.load(files);
			const next = random(5);
			const untouched = await model.run(pixels);
			for (const { name, shape } of tapSpecs(model.config)) {
				const to = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.fround(next()));
				const edits: Edit[] = [{ tap: name, do: 'set', to }];
				const trace = await model.run(pixels, { edits, untouched, taps: (tap) => tap === 'logits' });
				const { data: logits } = await trace.read('logits');
				trace.dispose();
				const truth = expected(new Map([[name, to]])).get('logits') ?? [];
				const scale = Math.max(...truth.map(Math.abs));
				for (const [i, value] of truth.entries())
					expect((logits[i] ?? NaN) / scale, name).toBeCloseTo(value / scale, 4);
			}
			untouched.dispose();
			model.dispose();
		}
	);
});

describe('lists of edits drawn by chance', () => {
	beforeAll(() => useNodeBackend('wasm'));

	/** What may be refused, and nothing else. */
	const REFUSALS =
		/ has no (tokens|queries|keys|heads|channels|tap|token|tokens to take) | is no pattern| cannot be reordered| cannot be taken out| can be taken out| only, after the embedding| must stay| has the (heads|channels) | names a token | order must name | is of a block | is no block | is the same in every run|There is no run|it gives | fill its picture/;

	it.each([['a ViT', timmCheckpoint(), pixelValues()] as const, ['a Swin', swinCheckpoint(), swinPixels()] as const])(
		'run, or are refused in a sentence, and leave no tensor behind: %s',
		async (_, files, pixels) => {
			const model = Model.load(files);
			const next = random(23);
			const pick = <T>(list: readonly T[]): T => list[Math.floor(((next() + 1) / 2) * list.length)] as T;
			const taps = [
				...tapSpecs(model.config).map(({ name }) => name),
				...model.weights.keys(),
				'blocks.0',
				'stages.0.blocks.1'
			];
			const parts = [
				{},
				{},
				{},
				{},
				{ head: 0 },
				{ head: 7 },
				{ tokens: 'patches' },
				{ tokens: [0, 3] },
				{ keys: 2 },
				{ queries: 'cls' },
				{ channels: 1 }
			];
			const deeds = [
				{ do: 'zero' },
				{ do: 'scale', by: -2 },
				{ do: 'set', to: 0.5 },
				{ do: 'add', value: [1, 2, 3] },
				{ do: 'mean', over: 'tokens' },
				{ do: 'mean', over: 'heads' },
				{ do: 'uniform' },
				{ do: 'replace', run: 'nobody' }
			];
			const others = [{ do: 'skip' }, { do: 'keep', tokens: ['cls', 4, 2] }, { do: 'permute', order: REVERSED }];
			const held = tf.memory().numTensors;
			let ran = 0;
			for (let i = 0; i < 240; i++) {
				const list = Array.from({ length: 1 + Number(i % 4 === 0) }, () => {
					const tap = pick(taps);
					return i % 5 === 0 ? { tap, ...pick(others) } : { tap, ...pick(parts), ...pick(deeds) };
				});
				const edits = parseEdits(JSON.parse(JSON.stringify(list)));
				try {
					(await model.run(pixels, { edits, taps: (name) => name === 'logits' })).dispose();
					ran++;
				} catch (error) {
					expect(error, JSON.stringify(edits)).toMatchObject({
						code: 'request',
						message: expect.stringMatching(REFUSALS)
					});
				}
				expect(tf.memory().numTensors, JSON.stringify(edits)).toBe(held);
			}
			expect(ran).toBeGreaterThan(20);
			model.dispose();
		}
	);
});

describe('edits that do not fit', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it.each<[Edit, RegExp]>([
		[
			{ tap: 'blocks.9.out', do: 'zero' },
			/^Edit 1 cannot be carried out: this model has no tap or parameter "blocks\.9\.out"\.$/
		],
		[{ tap: 'blocks.0.attn.head_out', head: 3, do: 'zero' }, /has the heads 0 to 2, and no 3\.$/],
		[{ tap: 'norm', head: 0, do: 'zero' }, /"norm" has no heads \(its axes: batch, token, feature\)\.$/],
		[{ tap: 'norm', tokens: 17, do: 'zero' }, /"tokens": 17 names a token that this model does not have here\.$/],
		[
			{ tap: 'norm', tokens: 'registers', do: 'zero' },
			/"registers" names a token that this model does not have here\.$/
		],
		[
			{ tap: 'norm', tokens: 2, do: 'set', to: [1, 2] },
			/it gives 2 numbers, and the part of "norm" takes 15, or 15 for each of its rows, or one\.$/
		],
		[{ tap: 'norm', do: 'uniform' }, /"norm" is no pattern, so it cannot be uniform\.$/],
		[
			{ tap: 'patch_embed', do: 'permute', order: [0, 0] },
			/its order must name each of the 16 chosen tokens once, counted from 0\.$/
		],
		[
			{ tap: 'embeddings', tokens: 'patches', do: 'keep' },
			/the 1 tokens before the patches must stay, and come first\.$/
		],
		[
			{ tap: 'norm', do: 'skip' },
			/"norm" is no block of this model, and only blocks can be skipped: write e\.g\. "blocks\.0"\.$/
		],
		[{ tap: 'norm', tokens: { top: 1, of: 'logits' }, do: 'zero' }, /^"logits" does not rank tokens/],
		[{ tap: 'norm', tokens: { top: 40, of: 'norm' }, do: 'zero' }, /^"norm" has 17 tokens, and no top 40\.$/],
		[{ tap: 'norm', do: 'replace', run: 'b' }, /^There is no run "b" to take "norm" from\.$/]
	])('%j is refused before anything runs', async (edit, sentence) => {
		const model = Model.load(timmCheckpoint());
		const held = tf.memory().numTensors;
		const pause = () => expect.fail('it ran');
		await expect(model.run(pixelValues(), { edits: [edit], pause })).rejects.toMatchObject({
			code: 'request',
			message: expect.stringMatching(sentence)
		});
		expect(tf.memory().numTensors).toBe(held);
		model.dispose();
	});

	it.each<[unknown, string]>([
		[{}, 'Edits are a list: write [ ... ], with one object an edit.'],
		[[3], 'Edit 1 is no object: write {"tap": ..., "do": ...}.'],
		[[{ do: 'zero' }], 'Edit 1 does not say which tap it changes: add "tap".'],
		[[{ tap: 'norm', do: 'scale' }], 'Edit 1 lacks "by", which "scale" needs: a number.'],
		[[{ tap: 'norm', do: 'zero', by: 2 }], 'Edit 1 says "by", which "zero" has no use for: leave it out.'],
		[
			[{ tap: 'norm', do: 'zero', head: -1 }],
			'Edit 1 says "head": -1, and it has to be a whole number from 0, or a list of such.'
		],
		[[{ tap: 'norm', do: 'mean', over: 'photos' }], 'Edit 1 lacks "runs", the runs whose mean it takes.'],
		[
			[{ tap: 'norm', do: 'mean', over: 'photos', runs: [3, -1] }],
			'Edit 1 says "runs": [3,-1], and it has to be a list of names or numbers of runs.'
		],
		[[{ tap: 'norm', do: 'replace', run: 1.5 }], `Edit 1 says "run": 1.5, and it has to be a run’s name or number.`]
	])('%j is refused as a file', (json, sentence) => {
		expect(() => parseEdits(json)).toThrow(sentence);
	});

	it('name other runs by a name or a number, and read them by it', async () => {
		const edits = parseEdits([
			{ tap: 'norm', do: 'replace', run: 7 },
			{ tap: 'norm', do: 'mean', over: 'photos', runs: ['7', 'b'] }
		]);
		expect(runsRead([...edits, WITHOUT_POSITIONS])).toEqual(['7', '7', 'b']);
		const model = Model.load(timmCheckpoint());
		const other = await model.run(pixelValues().map((value) => -value));
		const runs = new Map([
			['7', other],
			['b', other]
		]);
		const trace = await model.run(pixelValues(), { edits, runs });
		const [ours, theirs] = [await trace.read('norm'), await other.read('norm')];
		expect(largest(ours.data, theirs.data)).toBeLessThan(1e-6);
		for (const owner of [trace, other, model]) owner.dispose();
	});
});
