import { isRecord, isStringArray } from '../json';

/**
 * The class names that a `config.json` brings: Hugging Face's `id2label`, or timm's `label_names` with, where there
 * are any, the `label_descriptions` that say them in words. Null if it brings none, or only `LABEL_0`, `LABEL_1`, ...
 */
export function labelsFromConfig(config: unknown): string[] | null {
	if (!isRecord(config)) return null;
	return fromId2Label(config['id2label']) ?? fromTimm(config['label_names'], config['label_descriptions']);
}

function fromId2Label(map: unknown): string[] | null {
	if (!isRecord(map)) return null;
	const labels = Object.keys(map).map((_, index) => map[String(index)]);
	if (!isStringArray(labels) || labels.length === 0) return null;
	return labels.every((label, index) => label === `LABEL_${index}`) ? null : labels;
}

function fromTimm(names: unknown, descriptions: unknown): string[] | null {
	if (!isStringArray(names) || names.length === 0) return null;
	if (!isRecord(descriptions)) return names;
	return names.map((name) => {
		const words = descriptions[name];
		return typeof words === 'string' ? words : name;
	});
}

/** One name for each of `classes` outputs: the labels if they are as many, else `class 0`, `class 1`, ... */
export function classNames(labels: readonly string[] | null, classes: number): string[] {
	if (labels?.length === classes) return [...labels];
	return Array.from({ length: classes }, (_, index) => `class ${index}`);
}
