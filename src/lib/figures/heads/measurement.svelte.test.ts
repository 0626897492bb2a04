import { beforeAll, expect, it, vi } from 'vitest';
import { attentionOf, type Attention } from '../../analysis/attention';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { Measurement } from './measurement.svelte';
import { reaches } from './reaches';

let made: MadeUpRun;
beforeAll(async () => (made = await madeUpRun()));

/** Weights that nothing was measured on before. */
function blocks(): Attention[] {
	const attention = attentionOf(made.tap('blocks.0.attn.pattern'), made.config);
	return [{ ...attention, data: attention.data.slice() }];
}

it('gives the heads of the blocks that were measured, and of no others', async () => {
	const measurement = new Measurement();
	const [before, now] = [blocks(), blocks()];
	measurement.begin(before);
	expect(measurement.headsOf(before)).toBeNull();
	await vi.waitFor(() => expect(measurement.headsOf(before)).not.toBeNull());
	expect(measurement.headsOf(before)).toEqual(await reaches(before, () => undefined));
	expect(measurement.headsOf(now)).toBeNull();
});

it('leaves what is shown alone once it is stopped', async () => {
	const measurement = new Measurement();
	const [before, now] = [blocks(), blocks()];
	const stop = measurement.begin(before);
	stop();
	measurement.begin(now);
	await vi.waitFor(() => expect(measurement.headsOf(now)).not.toBeNull());
	expect(measurement.headsOf(before)).toBeNull();
});
