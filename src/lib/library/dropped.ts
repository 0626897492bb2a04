/** What of a drop is read here: its items, and the files where the browser gives no items. */
export type Dropped = Pick<DataTransfer, 'files' | 'items'>;

/** A file of a model rather than a photo. */
export function isModelFile({ name }: Pick<File, 'name'>): boolean {
	return /\.(safetensors|json|bin|pt|pth|ckpt|h5|onnx|msgpack)$/i.test(name);
}

/** Whether a model was dropped, or a folder, which can only be one. */
export function isModelDrop({ files, items }: Dropped): boolean {
	return entriesOf(items).some((entry) => entry.isDirectory) || Array.from(files).some(isModelFile);
}

/** Files that came together, and what the folder is called in which they lie; null where that is not known. */
export interface Together {
	readonly files: readonly File[];
	readonly folder: string | null;
}

/**
 * Every file of a drop, with those directly inside of a folder that was dropped. What was dropped can be read only
 * while its event is handled, so call this before anything is awaited.
 */
export async function filesOf({ files, items }: Dropped): Promise<Together> {
	const entries = entriesOf(items);
	const folder = entries.find((entry) => entry.isDirectory)?.name ?? null;
	if (folder === null) return { files: Array.from(files), folder };
	const lists = await Promise.all(entries.map(inside));
	return { files: lists.flat(), folder };
}

/** What was picked: files, or a folder, of which only what lies directly inside is taken. */
export function pickedIn(list: FileList): Together {
	const files = Array.from(list);
	const [folder = ''] = files[0]?.webkitRelativePath.split('/') ?? [];
	if (folder === '') return { files, folder: null };
	return { files: files.filter((file) => file.webkitRelativePath === `${folder}/${file.name}`), folder };
}

function entriesOf(items: DataTransferItemList): FileSystemEntry[] {
	return Array.from(items ?? []).flatMap((item) => item.webkitGetAsEntry?.() ?? []);
}

async function inside(entry: FileSystemEntry): Promise<File[]> {
	if (isFile(entry)) return [await fileOf(entry)];
	if (!isFolder(entry)) return [];
	const children = await childrenOf(entry);
	return Promise.all(children.filter(isFile).map(fileOf));
}

/** A folder is read in portions; an empty one ends it. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
	const reader = folder.createReader();
	const all: FileSystemEntry[] = [];
	for (;;) {
		const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (portion.length === 0) return all;
		all.push(...portion);
	}
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject));
