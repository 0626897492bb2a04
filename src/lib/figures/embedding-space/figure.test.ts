import { describe, expect, it } from 'vitest';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { tapSpecs } from '../../engine/families';
import { CURRENT, layOut, neighboursOf, withoutTwins, type Embedded } from '../../embeddings/neighbours';
import { readOf } from '../kit/ways';
import { EDITS, editsSentence } from './edited';
import { figure, verdictNearest } from './figure';

const photo = (id: string, cls: number[], pixels: number[] = cls): Embedded => ({
	id,
	title: `the ${id}`,
	cls: Float32Array.from(cls),
	pixels: Float32Array.from(pixels)
});

const here = photo(CURRENT, [1, 0, 0], [0, 1, 0]);
const near = photo('near', [2, 0.5, 0], [1, 0, 0]);
const far = photo('far', [-1, 0, 3], [0, 3, 1]);

describe('the state', () => {
	it('is read from attributes', () => {
		expect(figure.parse({})).toEqual({ space: 'cls', picked: CURRENT, edits: false });
		expect(figure.parse({ space: 'pixels', picked: 'teapot', edits: 'on' })).toEqual({
			space: 'pixels',
			picked: 'teapot',
			edits: true
		});
		expect(() => figure.parse({ space: 'words' })).toThrow('space');
		expect(() => figure.parse({ block: '1' })).toThrow('block');
	});
});

describe('neighbours', () => {
	it('are sorted by the cosine in the space that is asked for', () => {
		const byCls = neighboursOf([here, far, near], CURRENT, 'cls');
		expect(byCls.map(({ id }) => id)).toEqual(['near', 'far']);
		expect(byCls[0]?.cosine).toBeCloseTo(2 / Math.hypot(2, 0.5), 6);
		expect(byCls[1]?.cosine).toBeCloseTo(-1 / Math.hypot(1, 3), 6);
		expect(neighboursOf([here, far, near], CURRENT, 'pixels').map(({ id }) => id)).toEqual(['far', 'near']);
	});

	it('are those of whichever photo is picked', () => {
		const ids = neighboursOf([here, far, near], 'far', 'cls').map(({ id }) => id);
		expect(ids).toEqual(['near', CURRENT]);
		expect(neighboursOf([here], 'nowhere', 'cls')).toEqual([]);
	});

	it('leave out the sample that the current photo is', () => {
		const twin = photo('golf-ball', [3, 0, 0]);
		expect(withoutTwins([here, twin, near]).map(({ id }) => id)).toEqual([CURRENT, 'near']);
		expect(neighboursOf([here, twin, near], CURRENT, 'cls')[0]?.id).toBe('near');
	});

	it('name a photo once that was added twice', () => {
		const again = photo('near-again', [2, 0.5, 0]);
		expect(withoutTwins([here, near, again, far]).map(({ id }) => id)).toEqual([CURRENT, 'near', 'far']);
		expect(neighboursOf([here, near, again, far], CURRENT, 'cls').map(({ id }) => id)).toEqual(['near', 'far']);
	});
});

describe('the layout', () => {
	it('keeps all distances between points that lie in a plane', async () => {
		const photos = [photo('a', [0, 0, 5]), photo('b', [3, 0, 5]), photo('c', [3, 4, 5]), photo('d', [-2, 1, 5])];
		const { places, explained } = await layOut(photos, 'cls');
		expect(explained[0] + explained[1]).toBeCloseTo(1, 6);
		expect(explained[0]).toBeGreaterThan(explained[1]);
		const [a, , c] = places;
		expect(Math.hypot((a?.x ?? 0) - (c?.x ?? 0), (a?.y ?? 0) - (c?.y ?? 0))).toBeCloseTo(5, 5);
	});

	it('puts a lone photo in the middle', async () => {
		const { places, explained } = await layOut([here], 'cls');
		expect(places).toEqual([{ id: CURRENT, x: 0, y: 0 }]);
		expect(explained).toEqual([0, 0]);
	});
});

it('reads of a Swin what stands for the photo in the end', () => {
	const stages = [{ depth: 1, heads: 1, dim: 4, mlpDim: 8, window: 2 }];
	const swin = swinConfigWith({ imageSize: [8, 12], patchSize: 2, stages });
	const known = tapSpecs(swin).map(({ name }) => name);
	expect(readOf(figure, figure.parse({}), swin)?.names).toEqual(['norm', 'pixel_values']);
	expect(known).toEqual(expect.arrayContaining(['norm', 'pixel_values']));
});

describe('the prediction', () => {
	it('tells whether both spaces name the same photo', () => {
		expect(verdictNearest(here, [near, far], 'CLS token')).toMatchObject({ choice: 1 });
		expect(verdictNearest(here, [near, far], 'CLS token').sentence).toContain(
			"by the CLS token it is 'the near' (0.970)"
		);
		expect(verdictNearest(here, [near], 'CLS token')).toMatchObject({ choice: 0 });
		expect(verdictNearest(here, [], 'CLS token')).toMatchObject({
			choice: null,
			sentence: expect.stringContaining('no other photo')
		});
	});
});

describe('the edits of a photo', () => {
	/** At an angle to the photo at hand. */
	const turned = (id: string, degrees: number) => {
		const angle = (degrees * Math.PI) / 180;
		return photo(id, [Math.cos(angle), Math.sin(angle), 0]);
	};
	const edits = EDITS.map(([change], i) => turned(`edited-${change}`, 10 * i));
	const told = (other: number) => {
		const all = [here, ...edits, turned('boat', other)];
		return editsSentence(here, edits, neighboursOf(all, CURRENT, 'cls'), 'cls');
	};

	it('are held to the nearest other photo, also one that changes nothing', () => {
		expect(told(60)).toBe(
			'The 5 edits keep a cosine of 0.766 to 1.000 to the photo; the nearest other photo is “the boat” with 0.500. All of them are nearer than that.'
		);
		expect(told(25)).toMatch(/Nearer than that: 3 of them\.$/);
	});

	it('are told of when all are there, and another photo', () => {
		const nearest = neighboursOf([here, ...edits], CURRENT, 'cls');
		expect(editsSentence(here, edits, nearest, 'cls')).toBeNull();
		expect(editsSentence(here, edits.slice(1), [{ id: 'boat', title: 'a boat', cosine: 0 }], 'cls')).toBeNull();
	});
});
