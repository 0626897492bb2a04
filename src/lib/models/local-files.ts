import { chooseFiles, INDEX_FILE, OTHER_WEIGHTS, WEIGHTS_FILE } from './files';
import { THESE_FILES } from './from-files';
import type { ModelSource, PickedFiles } from './source';
import { LOCAL } from './store';

/**
 * The source for files that the reader dropped or picked together; what is no part of a model is left out.
 * @throws TransferError `not-found` or `format` where a model is not among them
 */
export function filesSource(files: readonly File[]): ModelSource & { readonly from: PickedFiles } {
	const named = files.map(rename(files));
	chooseFiles(named, THESE_FILES);
	const ours = named.filter(({ name }) => /\.(safetensors|json)$/.test(name));
	const key = `${LOCAL}dropped model`;
	return { id: key, from: { kind: 'files', files: ours, keepAs: key } };
}

const isConfig = ({ name }: File) => name === 'config.json';
const isWeights = ({ name }: File) => name.endsWith('.safetensors') || name === INDEX_FILE;

/**
 * What is to be added to a config, or to weights, that came without the other, in a sentence; null where nothing is, or
 * where these are no files of a model.
 */
export function stillMissing(files: readonly File[]): string | null {
	const [config, weights] = [files.find(isConfig), files.find(isWeights)];
	const others = files.some(({ name }) => OTHER_WEIGHTS.test(name));
	if (config && !weights && !others) return `${config.name} is here; now add ${WEIGHTS_FILE}.`;
	return weights && !config ? `${weights.name} is here; now add config.json.` : null;
}

/** Files that came in two goes, as if they had come together. A later one takes the place of one of its name. */
export function joined(before: readonly File[], files: readonly File[]): readonly File[] {
	if (files.some(isConfig) && files.some(isWeights)) return files;
	return [...before.filter(({ name }) => !files.some((file) => file.name === name)), ...files];
}

/** Weights that somebody saved under another name are taken for what they are where there is no doubt. */
function rename(files: readonly File[]): (file: File) => File {
	const weights = files.filter(({ name }) => name.endsWith('.safetensors'));
	const [only] = weights;
	const known = files.some(({ name }) => name === WEIGHTS_FILE || name.endsWith('.index.json'));
	if (known || weights.length !== 1) return (file) => file;
	return (file) => (file === only ? new File([file], WEIGHTS_FILE) : file);
}
