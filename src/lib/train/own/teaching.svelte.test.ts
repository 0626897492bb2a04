import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../engine/backends/node';
import { trainHeads } from '../../engine/head/softmax-heads';
import type { Session } from '../../app/session.svelte';
import { model, result } from '../../run/testing';
import type { Shown } from '../../run/shown';
import { Album } from './album.svelte';
import { renamed, withClass, withoutPhoto, type Classes, type OwnPhoto } from './classes';
import { nearestTo, saysOf } from './says';
import { Teaching, type VectorOf } from './teaching.svelte';

const photo = (id: string): OwnPhoto => ({ id, title: id, blob: new Blob(), thumb: new Blob() });
const classesOf = (...names: string[]): Classes =>
	names.reduce<Classes>(
		(all, name) =>
			withClass(
				all,
				name,
				[1, 2, 3].map((i) => photo(`${name}${i}`))
			),
		[]
	);
const shown = (id = 'small') => ({ model: model(id), result: result(1) }) as unknown as Shown;

/** Cats lie to one side, dogs to the other; the third dog lies among the cats. */
const place: VectorOf = async (_session, _shown, { id }) => {
	const side = id.startsWith('cat') || id === 'dog3' ? -1 : 1;
	return Float32Array.of(10 * side, Number(id.at(-1)));
};

function make(vectorOf = place) {
	const album = new Album();
	album.change(classesOf('cat', 'dog'));
	const asked: number[] = [];
	const session = {
		shown: shown() as Shown | null,
		trainHeads: async (...[task]: Parameters<Session['trainHeads']>) => (
			asked.push(task.learns.length),
			trainHeads(task)
		)
	} as Pick<Session, 'shown' | 'aside' | 'trainHeads'> & { shown: Shown | null };
	return { album, session, asked, teaching: new Teaching(session, album, vectorOf) };
}

describe('teaching classes of one’s own', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it('learns all photos, asks about each that was held back, and draws a curve', async () => {
		const { teaching, asked } = make();
		await teaching.teach();
		expect(asked).toEqual([7, 16]);
		expect(teaching.taught?.heldBack).toBe(1);
		expect(teaching.taught?.verdicts.map(({ taken }) => taken)).toEqual([0, 0, 0, 1, 1, 0]);
		expect(teaching.curve?.map(({ size }) => size)).toEqual([1, 2]);
		expect([teaching.current, teaching.fits]).toEqual([true, true]);
	});

	it('says that it counts photos, whatever the label is called in the reader’s language', async () => {
		const counted: unknown[] = [];
		const { teaching } = make(async (...asked) => (counted.push(teaching.lane.task?.progress), place(...asked)));
		await teaching.teach();
		expect(counted).toEqual([0, 1, 2, 3, 4, 5].map((loaded) => ({ loaded, total: 6, unit: 'photos' })));
	});

	it('says of another photo what it is like', async () => {
		const { teaching } = make();
		await teaching.teach();
		const { taught } = teaching;
		if (!taught) throw new Error('Nothing was learned.');
		const says = saysOf(taught, Float32Array.of(9, 2));
		expect(says[0]?.label).toBe('dog');
		expect(says.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 6);
		expect(nearestTo(taught, Float32Array.of(9, 2))[0]?.photo).toBe(4);
		expect(nearestTo(taught, Float32Array.of(9, 2), 4).map(({ photo: i }) => i)).not.toContain(4);
	});

	it('is of the photos that there were: other names change nothing, other photos do', async () => {
		const { album, teaching } = make();
		await teaching.teach();
		album.change(renamed(album.classes, album.classes[0]?.id ?? '', 'my cat'));
		expect(teaching.current).toBe(true);
		expect(teaching.taught?.classes.map(({ name }) => name)).toEqual(['my cat', 'dog']);
		album.change(withoutPhoto(album.classes, 'cat1'));
		expect(teaching.current).toBe(false);
		expect(teaching.taught?.labels).toHaveLength(6);
		album.undo();
		expect(teaching.current).toBe(true);
		teaching.l2 = 0.1;
		expect(teaching.current).toBe(false);
	});

	it('keeps what was learned where a photo fails, and says why', async () => {
		let fails = false;
		const { teaching } = make(async (...asked) => (fails ? Promise.reject(new Error('gone')) : place(...asked)));
		await teaching.teach();
		fails = true;
		await teaching.teach();
		expect(teaching.lane.error).toBe('The model could not be run on your photos; please try again.');
		expect(teaching.taught?.labels).toHaveLength(6);
		expect(teaching.curve).toHaveLength(2);
	});

	it('waits for a model', async () => {
		const { session, teaching } = make();
		session.shown = null;
		await teaching.teach();
		expect(teaching.lane.error).toMatch(/^The model is still on its way/);
	});
});
