import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { asViT } from '../../src/lib/engine/families';
import { toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { RECORDED_FOLDER, RUN_FILE, type RecordedRun } from '../../src/lib/lesson/recorded';
import { firstTaps } from '../../src/lib/lesson/first-taps.server';
import { makeRecording, type MadeRecording } from '../../scripts/lib/recording';
import { difference } from './compare';

const STATIC = 'static';
const FOLDER = `${STATIC}/${RECORDED_FOLDER}`;

/** As many of the recorded taps as are compared, spread over the whole run. */
const SAMPLE = 6;

const half = (name: string, shape: readonly number[], bytes: Uint8Array) => ({ name, dtype: 'F16', shape, bytes });

describe('the recorded run (if it is out of date, run `npm run record`)', () => {
	const recorded = JSON.parse(readFileSync(FOLDER + RUN_FILE, 'utf8')) as RecordedRun;
	const step = Math.max(1, Math.floor(recorded.taps.length / SAMPLE));
	const compared = recorded.taps.filter((_, i) => i % step === 0);
	let fresh: MadeRecording;
	beforeAll(async () => {
		fresh = await makeRecording(STATIC, async () => compared.map(({ name }) => name));
	});

	it('has every tap that the figures read at first', async () => {
		expect(recorded.taps.map(({ name }) => name)).toEqual(await firstTaps(asViT(recorded.model.config)));
	});

	it('is of the bundled model and the first sample photo as they are now', () => {
		const { taps, top, crop, ...about } = fresh.about;
		expect(recorded).toMatchObject(about);
		expect(taps).toEqual(compared);
		expect(recorded.crop).toEqual(crop);
		expect(recorded.top.map(({ index }) => index)).toEqual(top.map(({ index }) => index));
		for (const [i, { score }] of top.entries()) {
			expect(recorded.top[i]?.score).toBeCloseTo(score, 5);
		}
	});

	it('shows the very pixels that the model saw', () => {
		const { file } = recorded.seen;
		expect(new Uint8Array(readFileSync(FOLDER + file))).toEqual(fresh.files.get(file));
	});

	it('has the taps of a run of today, as far as half precision goes', () => {
		expect(compared.length).toBeGreaterThanOrEqual(SAMPLE);
		for (const { name, shape, file } of compared) {
			const truth = half(name, shape, new Uint8Array(readFileSync(FOLDER + file)));
			const now = toFloat32(half(name, shape, fresh.files.get(file) ?? new Uint8Array()));
			// Both are rounded, so they may be a whole step apart where the compared function forgives half of one.
			expect(difference(truth, now), name).toBeLessThan(2 ** -10);
		}
	});
});
