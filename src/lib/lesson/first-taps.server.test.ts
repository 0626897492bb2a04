import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { asViT } from '../engine/families';
import { firstReads } from './first-taps.server';
import type { RecordedRun } from './recorded';

const { model, taps } = JSON.parse(readFileSync('static/recorded/run.json', 'utf8')) as RecordedRun;
const recorded = new Set(taps.map(({ name }) => name));

it('what is read for every step and every prediction is recorded, its answer among it', async () => {
	const reads = await firstReads(asViT(model.config));
	expect(reads.length).toBeGreaterThan(60);
	const missing = reads.flatMap(({ where, names }) =>
		names.filter((name) => !recorded.has(name)).map((name) => `${where} reads ${name}`)
	);
	expect(missing).toEqual([]);
});

it('what answers the predictions is among it, whatever the steps show', async () => {
	const reads = await firstReads(asViT(model.config));
	const biggest = reads.find(({ where }) => where === 'machine#biggest');
	expect(biggest?.names).toEqual(expect.arrayContaining(['pixel_values', 'blocks.0.mlp.post_gelu']));
});
