import { describe, expect, it } from 'vitest';
import {
	classOf,
	examplesOf,
	freeClassName,
	missingFor,
	moved,
	renamed,
	withClass,
	withoutClass,
	withoutPhoto,
	withPhotos,
	type Classes,
	type OwnPhoto
} from './classes';

const photo = (id: string): OwnPhoto => ({ id, title: `${id}.jpg`, blob: new Blob(), thumb: new Blob() });
const cats = [photo('c1'), photo('c2')];
const dogs = [photo('d1'), photo('d2')];
const both: Classes = withClass(withClass([], 'cats', cats), 'dogs', dogs);
const idOf = (name: string, classes = both) => classes.find((one) => one.name === name)?.id ?? '';
const plain = (classes: Classes) =>
	classes.map(({ name, photos }) => `${name}: ${photos.map(({ id }) => id).join(' ')}`);

describe('classes of one’s own', () => {
	it('take photos, give them back, and move them', () => {
		expect(plain(withPhotos(both, idOf('cats'), [photo('c3')]))).toEqual(['cats: c1 c2 c3', 'dogs: d1 d2']);
		expect(plain(withoutPhoto(both, 'd1'))).toEqual(['cats: c1 c2', 'dogs: d2']);
		expect(plain(moved(both, 'd1', idOf('cats')))).toEqual(['cats: c1 c2 d1', 'dogs: d2']);
		expect(plain(moved(both, 'nobody', idOf('cats')))).toEqual(plain(both));
		expect(classOf(both, 'd2')?.name).toBe('dogs');
	});

	it('have names that differ, and keep them when they are named anew by themselves', () => {
		expect(plain(renamed(both, idOf('dogs'), ' Cats '))).toEqual(['cats: c1 c2', 'Cats 2: d1 d2']);
		expect(plain(renamed(both, idOf('cats'), 'CATS'))[0]).toBe('CATS: c1 c2');
		expect(plain(renamed(both, idOf('dogs'), '  '))[1]).toBe('Class 2: d1 d2');
		expect(freeClassName([], '')).toBe('Class 1');
	});

	it('have ids that no other had, whatever was deleted before', () => {
		const next = withClass(withoutClass(both, idOf('cats')), 'birds');
		expect(new Set(next.map(({ id }) => id)).size).toBe(2);
		expect(plain(next)).toEqual(['dogs: d1 d2', 'birds: ']);
	});

	it('say what they lack to be learned', () => {
		expect(missingFor([])).toMatch(/^Add two classes/);
		expect(missingFor(withClass([], 'cats', cats))).toMatch(/^Add a second class/);
		expect(missingFor(withoutPhoto(both, 'd1'))).toMatch(/^Add one more photo to “dogs”/);
		expect(missingFor(both)).toBeNull();
	});

	it('become photos with the numbers of their classes', () => {
		const { photos, labels } = examplesOf(both);
		expect(photos.map(({ id }) => id)).toEqual(['c1', 'c2', 'd1', 'd2']);
		expect(labels).toEqual([0, 0, 1, 1]);
	});
});
