import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../../base/errors';
import type { TapData } from '../../engine/tap';
import { model, result, tap } from '../../run/testing';
import type { Shown } from '../../run/shown';
import { withClass } from './classes';
import type { Taught } from './teaching.svelte';
import { Trying, type Frames } from './trying.svelte';

const shown = (id = 'small') => ({ model: model(id), result: result(1) }) as unknown as Shown;
const width = 4;

/** What says 'cat' of every vector whose first number is below nothing. */
const taught = {
	classes: withClass(withClass([], 'cat'), 'dog'),
	model: model('small'),
	weight: Float32Array.from([-1, 0, 0, 0, 1, 0, 0, 0]),
	bias: new Float32Array(2),
	vectors: [Float32Array.of(-1, 0, 0, 0), Float32Array.of(1, 0, 0, 0)]
} as unknown as Taught;

/** An engine that gives each photo in turn the next of some first numbers. */
function make(...firsts: number[]) {
	let at = 0;
	const teaching = { taught: taught as Taught | null, fits: true };
	const session = {
		shown: shown() as Shown | null,
		aside: async (_: number, { names }: { names: readonly string[] }) => {
			const found: TapData = tap(names[0] ?? '', 1);
			const data = new Float32Array(width);
			data[0] = firsts[at++] ?? 0;
			return { taps: [{ ...found, shape: [1, 1, width], data }], top: [], vector: null };
		}
	};
	return { teaching, session, trying: new Trying(session as never, teaching) };
}

/** A camera whose picture can be had so many times, and then it is pulled out. */
function camera(times: number): Frames & { closed: number } {
	return {
		closed: 0,
		async frame() {
			if (times-- === 0) throw new PatchworkError('photo', 'The camera stopped.');
			return { width: 8, height: 8, close: () => void this.closed++ };
		}
	};
}

describe('asking about other photos', () => {
	it('follows the camera, gives its pictures back, and says when it stops', async () => {
		const { trying } = make(-2, 3);
		const filmed = camera(2);
		await trying.live(filmed, new AbortController().signal);
		expect(filmed.closed).toBe(2);
		expect(trying.asked?.title).toBe('What the camera sees');
		expect(trying.says.map(({ label }) => label)).toEqual(['dog', 'cat']);
		expect(trying.says[0]?.score).toBeCloseTo(1 / (1 + Math.exp(-6)), 6);
		expect(trying.nearest.map(({ photo }) => photo)).toEqual([1, 0]);
		expect(trying.lane.error).toBe('The camera stopped.');
	});

	it('ends quietly where it is told to', async () => {
		const { trying } = make();
		const stop = new AbortController();
		const filmed = camera(5);
		const frame = filmed.frame.bind(filmed);
		filmed.frame = () => (stop.abort(), frame());
		await trying.live(filmed, stop.signal);
		expect([filmed.closed, trying.lane.error, trying.asked]).toEqual([1, null, null]);
	});

	it('refuses where another model is in use than the one that has learned', async () => {
		const { trying, teaching } = make(1);
		teaching.fits = false;
		await trying.live(camera(1), new AbortController().signal);
		expect(trying.lane.error).toMatch(/^What was learned is of another model/);
		expect(trying.says).toEqual([]);
	});
});
