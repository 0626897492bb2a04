import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import { toMemory } from '../../scripts/lib/memory-report';
import { toPairs } from '../../scripts/lib/pairs-report';
import { SIZES, timmCheckpoint } from '../../src/lib/engine/testing/checkpoint';
import { swinCheckpoint } from '../../src/lib/engine/testing/swin-checkpoint';
import { timePairs } from '../bench/against';
import { serveEngines, type Engines } from '../bench/engines';
import { countLaunches } from '../bench/launches';
import type { RunLaunches } from '../bench/launches/main';
import { measureMemory } from '../bench/memory';
import { servePage } from './pages';

const MODEL = 'static/models/patchwork-t';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where the README says to put it: it is no package of ours. */
const TRANSFORMERS = '.cache/transformers/node_modules';
const hasTransformers = existsSync(join(ROOT, TRANSFORMERS, '@huggingface/transformers'));

const open = servePage('tests/bench/page', 'bench', {
	'/ort/': 'node_modules/onnxruntime-web/dist',
	'/model/': MODEL,
	...(hasTransformers && {
		'/transformers/': `${TRANSFORMERS}/@huggingface/transformers/dist`,
		'/transformers-ort/': `${TRANSFORMERS}/onnxruntime-web/dist`
	})
});

for (const transformers of [false, true]) {
	test(`the bench compares ${transformers ? 'three' : 'two'} engines that agree`, async ({ page }) => {
		test.skip(transformers && !hasTransformers, 'needs transformers.js, which is not part of the project');
		test.setTimeout(120_000);
		await open(page);
		const asked = { model: '/model/', backend: 'wasm', threads: 1, transformers, runs: 1, deadlineMs: 0 } as const;
		const result = await page.evaluate((request) => window.bench(request), asked);
		expect(result.provider).toBe('wasm');
		expect(result.ours).toHaveLength(1);
		expect(result.ort).toHaveLength(1);
		expect(result.transformers).toHaveLength(transformers ? 1 : 0);
		expect(result.difference.logits).toBeLessThan(1e-4);
		expect(result.difference.attention).toBeLessThan(1e-3);
	});
}

/** What a block launches, in a run that keeps all and in one that is asked for little. */
interface BlockLaunches {
	readonly vit: readonly [kept: number, asked: number];
	/** Of shifted windows. */
	readonly swin: readonly [kept: number, asked: number];
}

const LAUNCHES: Readonly<Record<'webgl' | 'webgpu', BlockLaunches>> = {
	webgl: { vit: [15, 12], swin: [19, 16] },
	webgpu: { vit: [12, 9], swin: [16, 13] }
};

/** Small checkpoints with features of a head that fill texels, as those of real models do, and a block of each. */
const COUNTED = {
	vit: { files: timmCheckpoint({ ...SIZES, dim: 24, mlp: 44 }), block: 'blocks.1.' },
	swin: { files: swinCheckpoint(), block: 'stages.0.blocks.1.' }
};

for (const backend of ['webgl', 'webgpu'] as const) {
	for (const kind of ['vit', 'swin'] as const) {
		const [kept, asked] = LAUNCHES[backend][kind];
		test(`a block of a ${kind} launches ${kept} programs on ${backend}, ${asked} where little is asked for`, async ({
			browser
		}) => {
			test.setTimeout(180_000);
			const folder = mkdtempSync(join(tmpdir(), 'launches-'));
			const { files, block } = COUNTED[kind];
			writeFileSync(join(folder, 'config.json'), JSON.stringify(files.config));
			writeFileSync(join(folder, 'model.safetensors'), new Uint8Array(files.weights));
			const folders = { root: ROOT, built: join(folder, 'built'), model: folder, against: null };
			const { this: own } = await countLaunches(browser, folders, { backend });
			rmSync(folder, { recursive: true });
			const ofBlock = (launches: RunLaunches) =>
				Object.entries(launches).reduce((sum, [name, count]) => sum + (name.startsWith(block) ? count : 0), 0);
			expect([ofBlock(own.kept), ofBlock(own.asked)]).toEqual([kept, asked]);
		});
	}
}

test.describe('beside another checkout', () => {
	test.setTimeout(120_000);
	let other = '';
	let engines: Engines;

	/** This checkout once more, with a mark in its engine, and nothing in it that commands have made. */
	test.beforeAll(async () => {
		other = mkdtempSync(join(tmpdir(), 'checkout-'));
		for (const part of ['src', 'package.json', 'tsconfig.json']) {
			cpSync(join(ROOT, part), join(other, part), { recursive: true });
		}
		symlinkSync(join(ROOT, 'node_modules'), join(other, 'node_modules'));
		appendFileSync(join(other, 'src/lib/engine/model.ts'), "\nObject.assign(globalThis, { engineOf: 'other' });\n");
		engines = await serveEngines(ROOT, join(other, 'built'), join(ROOT, MODEL), other);
	});
	test.afterAll(async () => {
		await engines.close();
		rmSync(other, { recursive: true });
	});

	test('each page, and the worker that it is timed in, has the engine of its checkout', async ({ browser }) => {
		const mark = () => Object.getOwnPropertyDescriptor(globalThis, 'engineOf')?.value as unknown;
		const marks = engines.sides.map(async (side) => {
			const page = await engines.open(browser, side);
			await page.evaluate(async (request) => void (await window.engine.open(request)), engines.request('wasm', 1));
			const [worker] = page.workers();
			return [await page.evaluate(mark), await worker?.evaluate(mark)];
		});
		expect(await Promise.all(marks)).toEqual([
			[undefined, undefined],
			['other', 'other']
		]);
	});

	test('the bench pairs runs and gives their ratio an interval', async ({ browser }) => {
		const pairs = toPairs('wasm', await timePairs(browser, engines, 'wasm', 1, 6));
		expect(pairs).toMatchObject({ backend: 'wasm', threads: 1, pairs: 6, difference: 0 });
		const [low, high] = pairs.ratio.interval ?? [NaN, NaN];
		expect(low).toBeGreaterThan(0);
		expect(pairs.ratio.median).toBeGreaterThanOrEqual(low);
		expect(pairs.ratio.median).toBeLessThanOrEqual(high);
		expect(pairs.ratio.coverage).toBeGreaterThanOrEqual(0.95);
	});

	test('the bench weighs what tensors and heaps take', async ({ browser }) => {
		const runs = await measureMemory(browser, engines, 'wasm', 1, 2);
		const { pages, bytes, times } = toMemory('wasm', runs);
		expect(pages).toBe(2);
		// The checkpoint holds 22.8 MB in float32; a run has its taps on top of it.
		expect(bytes.parameters?.this).toBeGreaterThan(10e6);
		expect(bytes.beyondParameters?.this).toBeGreaterThan(1e6);
		expect(bytes.looking?.this).toBeGreaterThan(bytes.parameters?.this ?? NaN);
		expect(Object.values(times).every((time) => time > 0)).toBe(true);
		expect(bytes.wasmHeap?.this).toBeGreaterThan(bytes.peak?.this ?? NaN);
		expect(bytes.jsHeap?.this).toBeGreaterThan(1e6);
		for (const size of ['parameters', 'peak', 'beyondParameters', 'wasmHeap'] as const) {
			expect(bytes[size]?.ratio?.median, size).toBe(1);
		}
	});
});

test('a folder that is no checkout is refused in one sentence', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'no-checkout-'));
	const served = serveEngines(ROOT, join(folder, 'built'), join(ROOT, MODEL), folder);
	await expect(served).rejects.toThrow(`There is no src/lib/engine in ${folder}: --against takes another checkout`);
	rmSync(folder, { recursive: true });
});
