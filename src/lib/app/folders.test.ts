import { describe, expect, it } from 'vitest';
import { byFolder, pickedByFolder } from './folders';

type Tree = { readonly [name: string]: Tree | null };

/** An entry as a browser hands it out: a folder gives what is in it in two portions. */
function entry(name: string, inside: Tree | null): FileSystemEntry {
	if (inside === null) {
		const file = (resolve: (file: File) => void) => resolve(new File(['x'], name));
		return { name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
	}
	const children = Object.entries(inside).map(([child, below]) => entry(child, below));
	const portions = [children.slice(0, 1), children.slice(1), []];
	const createReader = () => ({
		readEntries: (done: (found: FileSystemEntry[]) => void) => done(portions.shift() ?? [])
	});
	return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

const dropped = (tree: Tree) => {
	const items = Object.entries(tree).map(([name, inside]) => ({ webkitGetAsEntry: () => entry(name, inside) }));
	const files = Object.keys(tree).map((name) => new File(['x'], name));
	return { items, files } as unknown as Pick<DataTransfer, 'items' | 'files'>;
};
const plain = (all: Awaited<ReturnType<typeof byFolder>>) =>
	all.map(({ folder, files }) => [folder, files.map(({ name }) => name).join(' ')]);

describe('files by folder', () => {
	it('are those of each folder that was dropped', async () => {
		const found = await byFolder(
			dropped({ dogs: { 'b.jpg': null, 'a.jpg': null }, cats: { 'c.jpg': null, '.DS_Store': null } })
		);
		expect(plain(found)).toEqual([
			['cats', 'c.jpg'],
			['dogs', 'a.jpg b.jpg']
		]);
	});

	it('are those of the folders inside, where one was dropped that holds them', async () => {
		const tree = {
			pets: { cats: { 'a.jpg': null }, dogs: { 'b.jpg': null, deeper: { 'c.jpg': null } }, empty: {} },
			'loose.jpg': null
		};
		expect(plain(await byFolder(dropped(tree)))).toEqual([
			[null, 'loose.jpg'],
			['cats', 'a.jpg'],
			['dogs', 'b.jpg'],
			['deeper', 'c.jpg']
		]);
	});

	it('are together where there is no folder', async () => {
		expect(plain(await byFolder(dropped({ 'a.jpg': null, 'b.jpg': null })))).toEqual([[null, 'a.jpg b.jpg']]);
	});

	it('are told by their paths where a folder was picked', () => {
		const picked = ['pets/dogs/2.jpg', 'pets/cats/1.jpg', 'pets/dogs/Thumbs.db'].map((path) =>
			Object.assign(new File(['x'], path.split('/').at(-1) ?? ''), { webkitRelativePath: path })
		);
		expect(plain(pickedByFolder(picked as unknown as FileList))).toEqual([
			['cats', '1.jpg'],
			['dogs', '2.jpg']
		]);
	});
});
