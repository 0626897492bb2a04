import { INDEX_FILE, OTHER_WEIGHTS, WEIGHTS_FILE } from './files';

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
	return missing.length === 0 ? null : `${first.name} is here; now add ${missing.join(/* @wc-include */ ' and ')}.`;
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
