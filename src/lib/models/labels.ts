import { isRecord, isStringArray } from '../json';

/**
 * The class names that a `config.json` brings: Hugging Face's `id2label`, or timm's `label_names` with, where there
 * are any, the `label_descriptions` that say them in words, at its top or in `pretrained_cfg`; older files of timm have
 * them as `labels`. Null if it brings none, or only `LABEL_0`, `LABEL_1`, ...
 */
export function labelsFromConfig(config: unknown): string[] | null {
	if (!isRecord(config)) return null;
	const { pretrained_cfg: inner, labels } = config;
	const timms = [config, ...(isRecord(inner) ? [inner] : []), { label_names: labels }];
	return timms.reduce<string[] | null>((found, place) => found ?? fromTimm(place), fromId2Label(config['id2label']));
}

function fromId2Label(map: unknown): string[] | null {
	if (!isRecord(map)) return null;
	const labels = Object.keys(map).map((_, index) => map[String(index)]);
	if (!isStringArray(labels) || labels.length === 0) return null;
	return areNumbers(labels) ? null : labels;
}

/** What transformers calls classes that nobody named. */
function areNumbers(labels: readonly string[]): boolean {
	return labels.every((label, index) => label === `LABEL_${index}`);
}

function fromTimm({ label_names: names, label_descriptions: descriptions }: Record<string, unknown>): string[] | null {
	if (!isStringArray(names) || names.length === 0 || areNumbers(names)) return null;
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
