import { chooseFiles } from './files';
import { THESE_FILES } from './from-files';
import type { ModelSource } from './source';
import { LOCAL } from './store';

/**
 * The source for files that the reader dropped or picked together; what is no part of a model is left out.
 * @throws TransferError `not-found` or `format` where a model is not among them
 */
export function filesSource(files: readonly File[]): ModelSource {
	const named = files.map(rename(files));
	chooseFiles(named, THESE_FILES);
	const ours = named.filter(({ name }) => /\.(safetensors|json)$/.test(name));
	const key = `${LOCAL}${folderOf(files) ?? 'dropped model'}`;
	return { id: key, from: { kind: 'files', files: ours, keepAs: key } };
}

/** Weights that somebody saved under another name are taken for what they are where there is no doubt. */
function rename(files: readonly File[]): (file: File) => File {
	const weights = files.filter(({ name }) => name.endsWith('.safetensors'));
	const [only] = weights;
	const known = files.some(({ name }) => name === 'model.safetensors' || name.endsWith('.index.json'));
	if (known || weights.length !== 1) return (file) => file;
	return (file) => (file === only ? new File([file], 'model.safetensors') : file);
}

/** The folder that was picked, where the browser tells: `webkitRelativePath` is `folder/file`. */
function folderOf(files: readonly File[]): string | null {
	const path = files.find(({ name }) => name === 'config.json')?.webkitRelativePath ?? '';
	const [folder] = path.split('/').slice(-2);
	return path.includes('/') && folder ? folder : null;
}
