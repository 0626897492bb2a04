import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node.ts';
import type { Edit } from '../../src/lib/engine/edits/edit.ts';
import { Model } from '../../src/lib/engine/model.ts';
import { preprocess } from '../../src/lib/engine/preprocess.ts';
import { timmCheckpoint } from '../../src/lib/engine/testing/checkpoint.ts';
import { CHANGES } from '../../src/lib/photo/changes/changes.ts';
import { inputOf, pixelsOf } from '../../src/lib/photo/changes/pixels.ts';
import { turn180 } from '../../src/lib/photo/changes/turn.ts';
import { decodeFile } from './decode.ts';
import { MEASURES } from './measures.ts';
import { REMOVALS } from './removals.ts';
import { tryAll } from './try-all.ts';
import { changeTrial, editTrial, Models, removalTrial } from './trials.ts';

const SKIP: Edit[] = [{ tap: 'blocks.0', do: 'skip' }];

/** A made-up model and a few made-up photos, each answer worked out by itself. */
let models: Models;
let folder: string;
const files = ['a.png', 'b.png', 'c.png', 'd.png'];
const paths = () => files.map((file) => join(folder, file));

async function draw(file: string, seed: number): Promise<void> {
	const [width, height] = [40, 30];
	const data = Uint8Array.from(
		{ length: 3 * width * height },
		(_, i) => 127 + 120 * Math.sin(seed * (1 + (i % (7 * seed))))
	);
	await sharp(data, { raw: { width, height, channels: 3 } })
		.png()
		.toFile(join(folder, file));
}

/** The first class of a run of its own, from the pixels on. */
async function firstOf(path: string, edits: Edit[], turned = false): Promise<number> {
	const { own } = models;
	const { preprocess: config } = own.config;
	const { pixelValues, seen } = preprocess(await decodeFile(path), config, null);
	const pixels = turned ? inputOf(turn180(pixelsOf(seen)), config) : pixelValues;
	const trace = await own.run(pixels, { edits });
	const { data } = await trace.read('probabilities');
	trace.dispose();
	return data.indexOf(Math.max(...data));
}

beforeAll(async () => {
	await useNodeBackend('cpu');
	models = new Models(Model.load(timmCheckpoint()));
	folder = await mkdtemp(join(tmpdir(), 'try-all-'));
	for (const [i, file] of files.entries()) await draw(file, i + 1);
});
afterAll(async () => {
	models.dispose();
	await rm(folder, { recursive: true });
});

describe('trying many things', () => {
	it('counts for each what a run of its own says, and keeps no tensor', async () => {
		const turn = CHANGES.filter(({ name }) => name === 'turn-180').map(changeTrial);
		const trials = [editTrial('nothing', []), editTrial('skipped', SKIP), ...turn];
		const first = await Promise.all(paths().map((path) => firstOf(path, [])));
		const skipped = await Promise.all(paths().map((path) => firstOf(path, SKIP)));
		const turned = await Promise.all(paths().map((path) => firstOf(path, [], true)));
		// The last label is wrong.
		const labels = first.map((label, i) => (i === 3 ? (label + 1) % 7 : label));
		const share = (of: number[], test: (one: number, i: number) => boolean) => of.filter(test).length / of.length;
		const isRight = (one: number, i: number) => one === labels[i];
		const isOther = (one: number, i: number) => one !== first[i];
		const photos = files.map((file, i) => ({ file, label: labels[i] ?? -1 }));

		const before = tf.memory().numTensors;
		const { rows } = await tryAll(models, { sets: [{ folder, set: { photos } }], trials, measures: [], seed: 1 });
		expect(tf.memory().numTensors).toBe(before);
		expect(rows.map(({ name }) => name)).toEqual(['untouched', 'nothing', 'skipped', 'turn-180']);
		expect(rows.map(({ photos }) => photos)).toEqual([4, 4, 4, 4]);
		expect(rows.map(({ top1 }) => top1)).toEqual([0.75, 0.75, share(skipped, isRight), share(turned, isRight)]);
		expect(rows.map(({ changed }) => changed)).toEqual([null, 0, share(skipped, isOther), share(turned, isOther)]);
		// They must be able to differ.
		expect([...skipped, ...turned].some((one, i) => one !== first[i % 4])).toBe(true);
	});

	it('takes measures of the untouched run, and half of the patches out', async () => {
		const removals = REMOVALS.map((removal) => removalTrial(removal, models.own.config));
		const photos = files.map((file) => ({ file, label: 0 }));
		const seen: string[] = [];
		const tried = await tryAll(models, {
			sets: [{ folder, set: { photos } }],
			trials: removals,
			measures: MEASURES,
			seed: 1,
			progress: (done, of) => seen.push(`${done}/${of}`)
		});
		expect(seen).toEqual(['1/4', '2/4', '3/4', '4/4']);
		expect(tried.rows).toHaveLength(6);
		for (const { name, value, uniform } of tried.measures) {
			expect(value, name).toBeGreaterThanOrEqual(name === 'outlier' ? 1 : 0);
			expect(uniform === null, name).toBe(name === 'outlier');
		}
	});

	it('refuses what goes by CLS where there is none', () => {
		const config = { ...models.own.config, cls: false } as typeof models.own.config;
		expect(() => removalTrial(REMOVALS[0] ?? expect.fail(), config)).toThrow(
			/"attended-most" goes by what the CLS token/
		);
	});
});
