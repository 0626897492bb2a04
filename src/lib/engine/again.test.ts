import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { passAgain } from './again';
import { gradientsOf } from './backward';
import { useNodeBackend } from './backends/node';
import { planCheckpoint } from './checkpoint/plan';
import { readSafetensors } from './checkpoint/safetensors';
import { inputShape } from './config';
import type { Edit } from './edits/edit';
import { preparePlan } from './edits/prepare';
import { anatomyOf, tapSpecs } from './families';
import { keepAsked, type KeepPolicy } from './keep';
import { keepWithin } from './lean';
import { Model, type CheckpointFiles, type RunOptions } from './model';
import type { Network } from './network';
import { carryOut } from './networks';
import { RELEVANCE } from './relevance';
import { runSteps } from './run';
import { random, timmCheckpoint } from './testing/checkpoint';
import { mobileNetCheckpoint, resNetCheckpoint } from './testing/conv-checkpoint';
import { EVERY_KIND } from './testing/kinds';
import { swinCheckpoint } from './testing/swin-checkpoint';
import type { TapData } from './tap';
import { Trace } from './trace';

/** Too little for anything but what blocks hand on. */
const LEAN = { memory: { all: 0, patterns: 0 } };

const KINDS: readonly (readonly [kind: string, files: CheckpointFiles])[] = [
	...EVERY_KIND,
	['a Swin', swinCheckpoint()],
	['a ResNet', resNetCheckpoint()],
	['a MobileNetV2', mobileNetCheckpoint()]
];

const tensors = () => tf.memory().numTensors;
const bytesOf = (trace: Trace) => [...trace.memory.values()].reduce((sum, bytes) => sum + bytes, 0);

function pixelsFor({ config }: Pick<Model, 'config'>, seed = 1): Float32Array {
	const next = random(seed);
	return Float32Array.from({ length: tf.util.sizeFromShape(inputShape(config)) }, next);
}

/** Runs a model on the same, keeping all and as little as can be. */
const runBoth = async (model: Model, options: RunOptions = {}) => ({
	all: await model.run(pixelsFor(model), options),
	lean: await model.run(pixelsFor(model), { ...options, ...LEAN })
});

async function expectSame(all: Trace, lean: Trace, names: readonly string[]): Promise<void> {
	for (const name of names) expect(await lean.read(name), name).toEqual(await all.read(name));
}

/** To the last bits: heads that are seen one after the other are summed in another order. */
function expectAlike(one: TapData, other: TapData): void {
	expect(one).toEqual({ ...other, data: one.data });
	const off = Math.max(...one.data.map((value, i) => Math.abs(value - (other.data[i] ?? NaN))));
	expect(off / Math.max(...other.data)).toBeLessThan(1e-6);
}

beforeAll(() => useNodeBackend('wasm'));

describe.each(KINDS)('a run that keeps little, of %s', (_, files) => {
	it('gives every tap as one that keeps all does, bit by bit and in any order', async () => {
		const none = tensors();
		const model = Model.load(files);
		const { all, lean } = await runBoth(model);
		const names = tapSpecs(model.config).map(({ name }) => name);
		expect(lean.names).toEqual(names);
		expect(bytesOf(lean)).toBeLessThan(bytesOf(all));
		await expectSame(all, lean, names);
		await expectSame(all, lean, [...names].reverse());
		expect(await lean.readAll(names)).toEqual(await all.readAll(names));
		for (const owner of [all, lean, model]) owner.dispose();
		expect(tensors()).toBe(none);
	});
});

describe('what is computed again', () => {
	/** A run of a policy, by the loop itself, and how often a step is carried out again. */
	async function counted(
		policy: (network: Network<Model['config']>) => KeepPolicy,
		files = timmCheckpoint(),
		edits: readonly Edit[] = []
	) {
		const stored = readSafetensors(files.weights);
		const network = carryOut(planCheckpoint(files.config, files.preprocessor, stored), stored);
		const plan = await preparePlan(edits, anatomyOf(network.config), null);
		const edited = edits.length > 0 ? { plan, runs: new Map(), replaced: new Map() } : null;
		const trace = new Trace(tapSpecs(network.config), policy(network), edited);
		const steps = network.steps(new Map());
		const pixels = tf.tensor4d(pixelsFor(network), inputShape(network.config));
		await runSteps(steps, pixels, trace);
		trace.release(pixels);
		const again: string[] = [];
		trace.remakeBy((tap, wanted) => {
			again.push(tap);
			passAgain(steps, trace, tap, wanted);
		});
		return { trace, network, steps, again };
	}
	const lean = ({ config }: Network<Model['config']>) => keepWithin(LEAN.memory, tapSpecs(config));

	it('is a whole block at once, until another is looked at', async () => {
		const { trace, network, again } = await counted(lean);
		for (const tap of ['norm1', 'attn.pattern', 'mlp.out', 'query', 'norm1']) await trace.read(`blocks.1.${tap}`);
		expect(again).toEqual(['blocks.1.norm1']);
		await trace.read('blocks.0.key');
		await trace.read('blocks.1.key');
		expect(again).toEqual(['blocks.1.norm1', 'blocks.0.key', 'blocks.1.key']);
		for (const owner of [trace, network]) owner.dispose();
	});

	it('is nothing for what blocks hand on, or what lies outside of them', async () => {
		const { trace, network, again } = await counted(lean);
		await trace.readAll(['blocks.0.out', 'logits', 'norm', 'embeddings', 'pixel_values']);
		expect(again).toEqual([]);
		for (const owner of [trace, network]) owner.dispose();
	});

	it('is each block once, in whatever order its taps are asked for', async () => {
		const { trace, network, again } = await counted(lean);
		const names = ['blocks.1.query', 'blocks.0.attn.pattern', 'logits', 'blocks.1.norm1', 'blocks.0.norm2'];
		const read = await trace.readAll(names);
		expect(read.map(({ name }) => name)).toEqual(names);
		expect(again).toHaveLength(2);
		await Promise.all(names.map((name) => trace.read(name)));
		// One by one: what is at hand is of blocks.1, then of blocks.0, and so on.
		expect(again.slice(2)).toEqual(['blocks.0.attn.pattern', 'blocks.1.norm1', 'blocks.0.norm2']);
		for (const owner of [trace, network]) owner.dispose();
	});

	it('is of one block at a time, and goes on request', async () => {
		const { trace, network } = await counted(lean);
		const [held, bytes] = [tensors(), bytesOf(trace)];
		await trace.read('blocks.0.norm1');
		const one = bytesOf(trace) - bytes;
		await trace.read('blocks.1.norm1');
		expect(bytesOf(trace) - bytes).toBe(one);
		trace.rest();
		expect([tensors(), bytesOf(trace)]).toEqual([held, bytes]);
		expect((await trace.read('blocks.0.norm1')).data.some(Boolean)).toBe(true);
		for (const owner of [trace, network]) owner.dispose();
	});

	it('has a large tap only where that was asked for, and the block’s other taps as they are', async () => {
		const { trace, network } = await counted((network) => ({ ...lean(network), large: 17 * 17 * 3 * 4 - 1 }));
		const whole = await counted(() => keepAsked());
		const [scores, pattern] = ['blocks.0.attn.scores', 'blocks.0.attn.pattern'] as const;
		const there = () => [scores, pattern].filter((name) => trace.has(name));
		for (const wanted of ['blocks.0.mlp.out', scores, pattern, 'blocks.0.norm1', scores]) {
			if (wanted === 'blocks.0.norm1') trace.rest();
			expect(await trace.read(wanted), wanted).toEqual(await whole.trace.read(wanted));
			// A pattern that is read alone is made piece by piece, and never there as a whole.
			expect(there()).toEqual(wanted === scores ? [scores] : []);
		}
		trace.rest();
		await trace.readAll([pattern, scores]);
		expect(there()).toEqual([scores, pattern]);
		const names = tapSpecs(network.config).map(({ name }) => name);
		for (const name of [...names, ...names.reverse()])
			expect(await trace.read(name), name).toEqual(await whole.trace.read(name));
		for (const owner of [trace, network, whole.trace, whole.network]) owner.dispose();
	});

	it('is a part of a pattern, however that is had', async () => {
		const none = tensors();
		const name = 'blocks.1.attn.pattern';
		const [kept, again, large] = await Promise.all([
			counted(() => keepAsked()),
			counted(lean),
			counted((network) => ({ ...lean(network), large: 0 }))
		]);
		const { data, shape } = await kept.trace.read(name);
		const [, heads = 0, n = 0] = shape;
		const at = (head: number, row: number, column: number) => data[(head * n + row) * n + column] ?? NaN;
		for (const { trace } of [kept, again, large]) {
			expect((await trace.read(name)).data).toEqual(data);
			const [lines] = await trace.readAll([name], undefined, { lines: 4 });
			expect(lines?.shape).toEqual([1, heads, 2, n]);
			const meant = Array.from({ length: heads }, (_, h) => [
				Array.from({ length: n }, (_, i) => at(h, 4, i)),
				Array.from({ length: n }, (_, i) => at(h, i, 4))
			]);
			expect([...(lines?.data ?? [])]).toEqual(meant.flat(2));
			const [mean] = await trace.readAll([name], undefined, 'mean');
			expect(mean?.shape).toEqual([1, 1, n, n]);
			mean?.data.forEach((value, i) => {
				const sum = Array.from({ length: heads }, (_, h) => data[h * n * n + i] ?? NaN).reduce((a, b) => a + b, 0);
				expect(Math.abs(value - sum / heads)).toBeLessThan(1e-7);
			});
			await expect(trace.readAll(['logits'], undefined, 'mean')).rejects.toThrow('is no pattern of one sequence');
		}
		// What is large is never there as a whole, and three reads of it are three passes.
		expect([again.again, large.again].map(({ length }) => length)).toEqual([1, 3]);
		for (const { trace, network } of [kept, again, large]) for (const owner of [trace, network]) owner.dispose();
		expect(tensors()).toBe(none);
	});

	it.each<readonly [string, readonly Edit[], readonly boolean[]]>([
		['neither asked for nor changed', [], [false, true]],
		['changed', [{ tap: 'blocks.1.attn.pattern', head: 0, do: 'scale', by: 2 }], [true, true]]
	])(
		'is a block while a gradient is taken through it, once, without a large pattern that is %s',
		async (_, edits, has) => {
			const none = tensors();
			const names = ['pixel_values', 'blocks.0.attn.pattern'];
			const few = await counted((network) => ({ ...lean(network), large: 0 }), timmCheckpoint(), edits);
			const whole = await counted(() => keepAsked(), timmCheckpoint(), edits);
			const there: boolean[] = [];
			const pause = (done: number) => void there.push(few.trace.has(`blocks.${2 - done}.attn.pattern`));
			const request = { classIndex: 1, names: [...names, RELEVANCE] };
			const found = await gradientsOf(few.steps, few.trace, 7, { ...request, pause });
			const meant = await gradientsOf(whole.steps, whole.trace, 7, request);
			for (const name of names) expect(await found.read(name), name).toEqual(await meant.read(name));
			expectAlike(await found.read(RELEVANCE), await meant.read(RELEVANCE));
			expect(there).toEqual(has);
			expect(few.again.map((tap) => tap.slice(0, 8))).toEqual(['blocks.1', 'blocks.0']);
			for (const owner of [found, meant]) owner.dispose();
			for (const { trace, network } of [few, whole]) for (const owner of [trace, network]) owner.dispose();
			expect(tensors()).toBe(none);
		}
	);

	it('comes twice, not shared, where a name is given twice', async () => {
		const { trace, network } = await counted(lean);
		for (const name of ['blocks.1.query', 'logits']) {
			const [one, other] = await trace.readAll([name, name]);
			expect(one).toEqual(other);
			expect(one?.data.buffer).not.toBe(other?.data.buffer);
		}
		for (const owner of [trace, network]) owner.dispose();
	});
});

describe('a run with edits that keeps little', () => {
	it('has what its edits read of an earlier block, where the untouched run let go of it', async () => {
		const model = Model.load(timmCheckpoint());
		const edits: Edit[] = [
			{ tap: 'blocks.1.norm1', do: 'mean', over: 'tokens', of: { tap: 'blocks.0.norm2' } },
			{ tap: 'blocks.1.key', do: 'mean', over: 'tokens', of: { tap: 'blocks.0.query' } }
		];
		const { all, lean } = await runBoth(model);
		const whole = await model.run(pixelsFor(model), { edits, untouched: all });
		const few = await model.run(pixelsFor(model), { ...LEAN, edits, untouched: lean });
		lean.dispose();
		await expectSame(whole, few, whole.names);
		for (const owner of [all, whole, few, model]) owner.dispose();
	});

	const WHATS: readonly Partial<Edit & { do: string }>[] = [
		{ do: 'zero' },
		{ do: 'scale', by: 0.5 },
		{ do: 'mean', over: 'tokens' },
		{ do: 'mean', over: 'tokens', of: { tap: 'blocks.0.norm1' } },
		{ do: 'mean', over: 'tokens', of: { tap: 'blocks.0.query' } },
		{ do: 'mean', over: 'tokens', of: { tap: 'blocks.0.attn.out', tokens: [1, 2] } },
		{ do: 'zero', tokens: [1, 3] },
		{ do: 'zero', head: 1 },
		{ do: 'keep', tokens: ['cls', 4, 2] },
		{ do: 'skip' },
		{ do: 'add', value: 0.5 },
		{ do: 'replace', run: 'other' }
	] as never;

	it.each([
		['a ViT', timmCheckpoint(), 60],
		['a Swin', swinCheckpoint(), 40],
		['a ResNet', resNetCheckpoint(), 60]
	] as const)(
		'of %s gives the taps of one that keeps all, for lists of edits drawn by chance',
		async (_, files, lists) => {
			const model = Model.load(files);
			const next = random(11);
			const pick = <T>(list: readonly T[]): T => list[Math.floor(((next() + 1) / 2) * list.length)] as T;
			const names = tapSpecs(model.config).map(({ name }) => name);
			const places = [...names, ...names, ...model.weights.keys(), ...names.map((name) => name.replace(/\.out$/, ''))];
			const { all, lean } = await runBoth(model);
			const [other, leanOther] = [await model.run(pixelsFor(model, 2)), await model.run(pixelsFor(model, 2), LEAN)];
			let done = 0;
			for (let turn = 0; turn < lists; turn++) {
				const edits = Array.from({ length: 1 + (turn % 3) }, () => ({ tap: pick(places), ...pick(WHATS) }) as Edit);
				let whole: Trace;
				try {
					whole = await model.run(pixelsFor(model), { edits, untouched: all, runs: new Map([['other', other]]) });
				} catch {
					continue;
				}
				done++;
				const few = await model.run(pixelsFor(model), {
					...LEAN,
					edits,
					untouched: lean,
					runs: new Map([['other', leanOther]])
				});
				// What an edit took from another run is there without it.
				leanOther.rest();
				const order = Array.from({ length: 12 }, () => pick(whole.names));
				await expectSame(whole, few, [...order, ...whole.names.slice(-2)]);
				expect([...few.names].sort(), JSON.stringify(edits)).toEqual([...whole.names].sort());
				for (const trace of [whole, few]) trace.dispose();
			}
			expect(done).toBeGreaterThan(lists / 10);
			const left = [all, lean, other, leanOther];
			for (const trace of left) trace.rest();
			for (const owner of [...left, model]) owner.dispose();
		}
	);

	it('leaves no tensor behind, also one whose parameters are others', async () => {
		const none = tensors();
		const model = Model.load(timmCheckpoint());
		const edits: Edit[] = [{ tap: 'parameters.blocks.1.fc1.weight', do: 'scale', by: 2 }];
		const { all, lean } = await runBoth(model, { edits });
		all.dispose();
		// The weight that stands for the model's own is there for as long as the run is.
		const made = 4 * 15 * 22;
		const held = new Map(lean.memory);
		expect([...held.values()].filter((bytes) => bytes === made)).toHaveLength(1);
		await lean.read('blocks.1.mlp.post_gelu');
		lean.dispose();
		model.dispose();
		expect(tensors()).toBe(none);
	});

	it('can be gone back through like any other', async () => {
		const model = Model.load(timmCheckpoint());
		const edits: Edit[] = [{ tap: 'blocks.0.attn.pattern', head: 1, do: 'scale', by: 0.5 }];
		const { all, lean } = await runBoth(model, { edits });
		const names = all.names.filter((name) => !name.startsWith('prob'));
		const [first, again] = [
			await model.gradients(all, { classIndex: 1, names }),
			await model.gradients(lean, { classIndex: 1, names })
		];
		for (const name of names) expect(await again.read(name), name).toEqual(await first.read(name));
		for (const owner of [first, again, all, lean, model]) owner.dispose();
	});

	it('says so where its model is gone', async () => {
		const model = Model.load(timmCheckpoint());
		const trace = await model.run(pixelsFor(model), LEAN);
		model.dispose();
		await expect(trace.read('blocks.0.norm1')).rejects.toThrow(/^The model of that run has made room for another/);
		expect((await trace.read('logits')).data).toHaveLength(7);
		trace.dispose();
	});
});
