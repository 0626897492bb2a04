import { describe, expect, it } from 'vitest';
import type { Embedded } from '../embeddings/neighbours';
import type { Shown } from '../run/shown';
import { photo, result, tap } from '../run/testing';
import { deferred, settle } from '../base/testing';
import { NearestSamples, type NearestParts } from './nearest.svelte';

/** The vectors that stand for three samples, the second of which is most like the one that is shown. */
const VECTORS = { far: [1, -1, 0, 0], near: [1, 1, 1, 0], other: [1, 0, 0, 0] };

const embedded = (id: string, cls: number[]): Embedded => ({
	id,
	title: id,
	cls: Float32Array.from(cls),
	pixels: new Float32Array(1)
});

function shown(milliseconds: number): Shown {
	const ran = { ...result(1), milliseconds };
	return { photo: photo('mine'), result: ran, model: ran.model } as unknown as Shown;
}

/** Taps of a run are all ones, so that the current photo's vector is too. */
const session = {
	read: async (run: number, names: readonly string[]) => names.map((name) => tap(name, run)),
	aside: () => Promise.reject(new Error('No sample is run here.'))
};

function setUp(all: NearestParts['all']) {
	const list = async () => Object.keys(VECTORS).map((id) => ({ id })) as Awaited<ReturnType<NearestParts['list']>>;
	return new NearestSamples(session, { list, all });
}

const atOnce: NearestParts['all'] = async (_, __, onembedded) => {
	const all = Object.entries(VECTORS).map(([id, cls]) => embedded(id, cls));
	for (const one of all) onembedded?.(one, all.length);
	return all;
};

describe('NearestSamples', () => {
	it('sorts the samples by how alike the model finds them', async () => {
		const samples = setUp(atOnce);
		await samples.gather(shown(5));
		expect(samples.nearest.map(({ id }) => id)).toEqual(['near', 'other', 'far']);
		expect(samples.nearest[0]?.cosine).toBeCloseTo(3 / (2 * Math.sqrt(3)), 6);
		expect([samples.done, samples.total, samples.busy]).toEqual([3, 3, false]);
	});

	it('asks before it takes long, and goes on when it may', async () => {
		const samples = setUp(atOnce);
		await samples.gather(shown(10_000));
		expect(samples.seconds).toBe(30);
		expect(samples.nearest).toEqual([]);
		await samples.gather(shown(10_000), true);
		expect(samples.seconds).toBeNull();
		expect(samples.nearest).toHaveLength(3);
	});

	it('lets go what belongs to an earlier photo', async () => {
		const late = deferred<Embedded[]>();
		let tell: ((one: Embedded, total: number) => void) | undefined;
		const slow: NearestParts['all'] = (_, __, onembedded) => {
			tell = onembedded;
			return late.promise;
		};
		const samples = setUp(slow);
		void samples.gather(shown(5));
		await settle();
		const older = tell;
		void samples.gather(shown(5));
		await settle();
		older?.(embedded('stale', [1, 1, 1, 1]), 3);
		expect(samples.done).toBe(0);
		tell?.(embedded('near', VECTORS.near), 3);
		expect(samples.nearest.map(({ id }) => id)).toEqual(['near']);
	});

	it('says why it failed, and nothing when it was stopped', async () => {
		const broken = setUp(() => Promise.reject(new TypeError('x is undefined')));
		await broken.gather(shown(5));
		expect(broken.error).toBe('The sample photos could not be compared; please try again.');
		const stopped = setUp(() => Promise.reject(new DOMException('', 'AbortError')));
		await stopped.gather(shown(5));
		expect(stopped.error).toBeNull();
	});
});
