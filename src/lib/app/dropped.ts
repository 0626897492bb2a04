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

/** How many folders deep a model is looked for: as deep as the cache of the `huggingface_hub` package keeps one. */
const LEVELS = 3;

/**
 * Every file of a drop. Of a folder that was dropped, those of the model nearest to its top. What was dropped can be
 * read only while its event is handled, so call this before anything is awaited.
 */
export async function filesOf({ files, items }: Dropped): Promise<Together> {
	const entries = entriesOf(items);
	const folders = entries.filter(isFolder);
	const [first] = folders;
	if (!first) return { files: Array.from(files), folder: null };
	const loose = await Promise.all(entries.filter(isFile).map(fileOf));
	const model = await nearestModel(folders, LEVELS);
	return { files: [...loose, ...(model?.files ?? [])], folder: model?.folder ?? first.name };
}

/** What was picked: files, or a folder, of which those of the model nearest to its top are taken. */
export function pickedIn(list: FileList): Together {
	const files = Array.from(list);
	const paths = files.map((file) => file.webkitRelativePath.split('/').slice(0, -1));
	const [top = []] = paths;
	if (top.length === 0) return { files, folder: null };
	const withModel = paths.filter((path, i) => path.length <= LEVELS && isModelFile(files[i] as File));
	const [nearest = top.slice(0, 1)] = withModel.sort((a, b) => a.length - b.length);
	const inside = files.filter((file) => file.webkitRelativePath === [...nearest, file.name].join('/'));
	return { files: inside, folder: nearest.at(-1) ?? null };
}

/** The first of these folders that has files of a model in it, or else the first of the folders inside of them. */
async function nearestModel(folders: readonly FileSystemDirectoryEntry[], levels: number): Promise<Together | null> {
	if (folders.length === 0 || levels === 0) return null;
	const opened = await Promise.all(
		folders.map(async (folder) => ({ folder: folder.name, children: await childrenOf(folder) }))
	);
	const found = opened.find(({ children }) => children.filter(isFile).some(isModelFile));
	if (!found)
		return nearestModel(
			opened.flatMap(({ children }) => children.filter(isFolder)),
			levels - 1
		);
	return { files: await Promise.all(found.children.filter(isFile).map(fileOf)), folder: found.folder };
}

/** What was dropped, files and folders; nothing where the browser does not tell. */
export function entriesOf(items: DataTransferItemList): FileSystemEntry[] {
	return Array.from(items ?? []).flatMap((item) => item.webkitGetAsEntry?.() ?? []);
}

/** A folder is read in portions; an empty one ends it. */
export async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
	const reader = folder.createReader();
	const all: FileSystemEntry[] = [];
	for (;;) {
		const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (portion.length === 0) return all;
		all.push(...portion);
	}
}

export const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
export const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
export const fileOf = (entry: FileSystemFileEntry) =>
	new Promise<File>((resolve, reject) => entry.file(resolve, reject));
