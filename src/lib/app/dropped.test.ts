import { describe, expect, it } from 'vitest';
import { filesOf, isModelDrop, pickedIn, type Dropped } from './dropped';

const file = (name: string) => new File(['x'], name);

const entryOf = (name: string): unknown => ({
	name,
	isFile: true,
	isDirectory: false,
	file: (resolve: (file: File) => void) => resolve(file(name))
});

/** A folder whose entries come in portions of two, as a browser hands out a long one in parts. */
function folderOf(name: string, entries: unknown[]): unknown {
	const left = [...entries];
	const readEntries = (resolve: (portion: unknown[]) => void) => resolve(left.splice(0, 2));
	return { name, isFile: false, isDirectory: true, createReader: () => ({ readEntries }) };
}

const drop = (files: File[], entries: unknown[]): Dropped =>
	({ files, items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) }) as unknown as Dropped;

const names = ['config.json', 'model.safetensors', 'labels.json'];

describe('a drop', () => {
	it('is of a model where its files or a folder are in it', () => {
		expect(isModelDrop(drop([file('cat.jpg')], [entryOf('cat.jpg')]))).toBe(false);
		expect(isModelDrop(drop([file('Model.SafeTensors')], []))).toBe(true);
		expect(isModelDrop(drop([file('pytorch_model.bin')], []))).toBe(true);
		expect(isModelDrop(drop([], [folderOf('swin', [])]))).toBe(true);
		expect(isModelDrop(drop([], [null]))).toBe(false);
	});

	it('gives its files', async () => {
		const { files, folder } = await filesOf(drop(names.map(file), names.map(entryOf)));
		expect([files.map(({ name }) => name), folder]).toEqual([names, null]);
	});

	it('gives all files of a folder, and its name', async () => {
		const inner = folderOf('checkpoints', [entryOf('old.safetensors')]);
		const folder = folderOf('swin', [...names.map(entryOf), inner]);
		const together = await filesOf(drop([file('swin')], [folder]));
		expect([together.files.map(({ name }) => name), together.folder]).toEqual([names, 'swin']);
	});

	it('gives the files of the model that is nearest to the top of a folder, with what came beside it', async () => {
		const deep = folderOf('snapshots', [folderOf('3f2a', names.map(entryOf))]);
		const cache = folderOf('models--timm--swin', [folderOf('blobs', [entryOf('9c1e')]), deep, entryOf('read me.txt')]);
		const together = await filesOf(drop([], [entryOf('preprocessor_config.json'), cache]));
		expect(together.files.map(({ name }) => name)).toEqual(['preprocessor_config.json', ...names]);
		expect(together.folder).toBe('3f2a');
	});

	it('gives no file of a folder that has no model in it', async () => {
		const home = folderOf('home', [
			entryOf('cat.jpg'),
			folderOf('a', [folderOf('b', [folderOf('c', names.map(entryOf))])])
		]);
		expect(await filesOf(drop([], [home]))).toEqual({ files: [], folder: 'home' });
	});
});

describe('a pick', () => {
	const at = (path: string) => {
		const name = path.split('/').at(-1) ?? '';
		return Object.defineProperty(file(name), 'webkitRelativePath', { value: path === name ? '' : path });
	};
	const pick = (...paths: string[]) => pickedIn(paths.map(at) as unknown as FileList);

	it('of files gives them', () => {
		const { files, folder } = pick(...names);
		expect([files.map(({ name }) => name), folder]).toEqual([names, null]);
	});

	it('of a folder gives what lies in it, and its name', () => {
		const { files, folder } = pick('swin/config.json', 'swin/old/config.json', 'swin/model.safetensors');
		expect([files.map(({ name }) => name), folder]).toEqual([['config.json', 'model.safetensors'], 'swin']);
	});

	it('of a folder above gives the model that is nearest to its top', () => {
		const { files, folder } = pick('all/cat.jpg', 'all/old/1/config.json', 'all/dino/config.json', 'all/dino/a.txt');
		expect([files.map(({ name }) => name), folder]).toEqual([['config.json', 'a.txt'], 'dino']);
	});

	it('of a folder without a model gives what lies in it', () => {
		const { files, folder } = pick('all/a/cat.jpg', 'all/dog.jpg');
		expect([files.map(({ name }) => name), folder]).toEqual([['dog.jpg'], 'all']);
	});
});
