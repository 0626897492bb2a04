import { childrenOf, entriesOf, fileOf, isFile, isFolder, type Dropped, type Together } from './dropped';

/** How many folders deep files are looked for. */
const LEVELS = 4;

/** Files that systems put into folders by themselves. */
const NOBODYS = /^(\.|thumbs\.db$|desktop\.ini$)/i;

const isSomebodys = ({ name }: Pick<File, 'name'>) => !NOBODYS.test(name);
const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
	a.name.localeCompare(b.name, 'en', { numeric: true });

/**
 * The files of a drop, folder by folder: each that has files lying in it, at whatever depth, and those that came in none.
 * What was dropped can be read only while its event is handled, so call this before anything is awaited.
 */
export async function byFolder({ files, items }: Dropped): Promise<Together[]> {
	const entries = entriesOf(items);
	const folders = entries.filter(isFolder);
	if (folders.length === 0) return together(null, Array.from(files));
	const loose = together(null, await Promise.all(entries.filter(isFile).map(fileOf)));
	const found = await Promise.all(folders.sort(byName).map((folder) => within(folder, LEVELS)));
	return [...loose, ...found.flat()];
}

/** What was picked, in the same way. */
export function pickedByFolder(list: FileList): Together[] {
	const files = Array.from(list);
	const folderOf = (file: File) => file.webkitRelativePath.split('/').slice(0, -1).join('/');
	const paths = [...new Set(files.map(folderOf))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
	return paths.flatMap((path) => {
		const inside = files.filter((file) => folderOf(file) === path);
		return together(path === '' ? null : (path.split('/').at(-1) ?? null), inside);
	});
}

async function within(folder: FileSystemDirectoryEntry, levels: number): Promise<Together[]> {
	const children = (await childrenOf(folder)).sort(byName);
	const own = together(folder.name, await Promise.all(children.filter(isFile).filter(isSomebodys).map(fileOf)));
	if (levels === 1) return own;
	const deeper = await Promise.all(
		children
			.filter(isFolder)
			.filter(isSomebodys)
			.map((child) => within(child, levels - 1))
	);
	return [...own, ...deeper.flat()];
}

/** Nothing where nothing is in it. */
function together(folder: string | null, files: readonly File[]): Together[] {
	const kept = files.filter(isSomebodys);
	return kept.length === 0 ? [] : [{ folder, files: kept }];
}
