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
const isWeights = ({ name }: File) => name.endsWith('.safetensors');
/** Weights in several files, as transformers names them: the last number is that of all parts. */
const SHARD = /-\d{5}-of-(\d{5})\.safetensors$/;
const isWhole = (file: File) => isWeights(file) && !SHARD.test(file.name);

/**
 * What is to be added to some of a model's files that came without the others, in a sentence; null where nothing is, or
 * where these are no files of a model.
 */
export function stillMissing(files: readonly File[]): string | null {
	const first = files.find(isConfig) ?? files.find((file) => isWeights(file) || file.name === INDEX_FILE);
	if (!first) return null;
	const missing = [...(files.some(isConfig) ? [] : ['config.json']), ...weightsMissing(files)];
	return missing.length === 0 ? null : `${first.name} is here; now add ${missing.join(' and ')}.`;
}

function weightsMissing(files: readonly File[]): string[] {
	if (files.some(isWhole) || files.some(({ name }) => OTHER_WEIGHTS.test(name))) return [];
	const shards = files.filter(({ name }) => SHARD.test(name));
	const hasIndex = files.some(({ name }) => name === INDEX_FILE);
	if (shards.length === 0) return [hasIndex ? 'the weights that it lists' : WEIGHTS_FILE];
	const left = Number(SHARD.exec(shards[0]?.name ?? '')?.[1]) - shards.length;
	return [...(hasIndex ? [] : [INDEX_FILE]), ...(left > 0 ? [`the other ${left} of its weights`] : [])];
}

/**
 * Files that came in two goes, as if they had come together. A later one takes the place of one of its name, and later
 * weights the place of earlier ones.
 */
export function joined(before: readonly File[], files: readonly File[]): readonly File[] {
	if (stillMissing(files) === null && files.some(isConfig)) return files;
	const replaced = (earlier: File) =>
		files.some(({ name }) => name === earlier.name) || (isWeights(earlier) && files.some(isWhole));
	return [...before.filter((file) => !replaced(file)), ...files];
}

/** Weights that somebody saved under another name are taken for what they are where there is no doubt. */
function rename(files: readonly File[]): (file: File) => File {
	const weights = files.filter(({ name }) => name.endsWith('.safetensors'));
	const [only] = weights;
	const known = files.some(({ name }) => name === WEIGHTS_FILE || name.endsWith('.index.json'));
	if (known || weights.length !== 1) return (file) => file;
	return (file) => (file === only ? new File([file], WEIGHTS_FILE) : file);
}
