/** A photo in a class of the reader's own. */
export interface OwnPhoto {
	/** By its content: the same photo has the same one, wherever it came from. */
	readonly id: string;
	readonly title: string;
	readonly blob: Blob;
	/** A small picture of it. */
	readonly thumb: Blob;
}

/** A class of the reader's own. */
export interface OwnClass {
	/** Stays when the class is renamed. */
	readonly id: string;
	readonly name: string;
	readonly photos: readonly OwnPhoto[];
}

export type Classes = readonly OwnClass[];

/** Photos of a class that are needed to learn at all, and those from which on there is something to be seen. */
export const FEWEST = 2;
export const ENOUGH = 5;

/** A name that no other class has: two classes of one name could not be told apart in any answer. */
export function freeClassName(classes: Classes, wanted: string, own: string | null = null): string {
	const taken = new Set(classes.filter(({ id }) => id !== own).map(({ name }) => keyOf(name)));
	const base = wanted.trim().replace(/\s+/g, ' ').slice(0, 60) || `Class ${classes.length + (own === null ? 1 : 0)}`;
	let name = base;
	for (let i = 2; taken.has(keyOf(name)); i++) name = `${base} ${i}`;
	return name;
}

const keyOf = (name: string) => name.trim().toLowerCase();

/** An id that no class of these has. */
function freeId(classes: Classes): string {
	const numbers = classes.map(({ id }) => Number(id.replace(/\D/g, '')) || 0);
	return `class-${Math.max(0, ...numbers) + 1}`;
}

/** With one more class. */
export function withClass(classes: Classes, name = '', photos: readonly OwnPhoto[] = []): Classes {
	return [...classes, { id: freeId(classes), name: freeClassName(classes, name), photos }];
}

/** The class called so, if any, as far as a reader would tell. */
export function classNamed(classes: Classes, name: string): OwnClass | undefined {
	return classes.find((one) => keyOf(one.name) === keyOf(name));
}

export function withoutClass(classes: Classes, id: string): Classes {
	return classes.filter((one) => one.id !== id);
}

export function renamed(classes: Classes, id: string, name: string): Classes {
	return classes.map((one) => (one.id === id ? { ...one, name: freeClassName(classes, name, id) } : one));
}

export function withPhotos(classes: Classes, id: string, photos: readonly OwnPhoto[]): Classes {
	return classes.map((one) => (one.id === id ? { ...one, photos: [...one.photos, ...photos] } : one));
}

export function withoutPhoto(classes: Classes, photo: string): Classes {
	return classes.map((one) => ({ ...one, photos: one.photos.filter(({ id }) => id !== photo) }));
}

/** With a photo in another class than it was in. */
export function moved(classes: Classes, photo: string, to: string): Classes {
	const found = classes.flatMap(({ photos }) => photos).find(({ id }) => id === photo);
	return found ? withPhotos(withoutPhoto(classes, photo), to, [found]) : classes;
}

/** The class that a photo is in. */
export function classOf(classes: Classes, photo: string): OwnClass | undefined {
	return classes.find(({ photos }) => photos.some(({ id }) => id === photo));
}

export function photoCount(classes: Classes): number {
	return classes.reduce((sum, { photos }) => sum + photos.length, 0);
}

/** Why nothing can be learned of these yet, as what to do next; null where it can. */
export function missingFor(classes: Classes): string | null {
	if (classes.length < 2)
		return `Add ${classes.length === 0 ? 'two classes' : 'a second class'}: with one there is nothing to tell apart.`;
	const short = classes.find(({ photos }) => photos.length < FEWEST);
	if (!short) return null;
	const more = FEWEST - short.photos.length;
	return `Add ${more === 1 ? 'one more photo' : `${more} photos`} to “${short.name}”: one photo has to be left to learn from while another is asked about.`;
}

/** What learning goes by: every photo, and the number of its class from 0. */
export function examplesOf(classes: Classes): {
	readonly photos: readonly OwnPhoto[];
	readonly labels: readonly number[];
} {
	return {
		photos: classes.flatMap(({ photos }) => photos),
		labels: classes.flatMap(({ photos }, k) => photos.map(() => k))
	};
}

/** Whether the same photos are in the same classes, whatever these are called. */
export function areSame(one: Classes, other: Classes): boolean {
	return one === other || JSON.stringify(one.map(idsIn)) === JSON.stringify(other.map(idsIn));
}

const idsIn = ({ id, photos }: OwnClass) => [id, ...photos.map((photo) => photo.id)];
