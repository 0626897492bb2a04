import { isRecord, isStringArray } from '../base/json';

/**
 * The class names that a `config.json` brings: Hugging Face's `id2label`, or timm's `label_names` with, where there
 * are any, the `label_descriptions` that say them in words, at its top or in `pretrained_cfg`; older files of timm have
 * them as `labels`. Null if it brings none, or only `LABEL_0`, `LABEL_1`, ...
 */
export function labelsFromConfig(config: unknown): string[] | null {
	if (!isRecord(config)) return null;
	const inner = isRecord(config['pretrained_cfg']) ? config['pretrained_cfg'] : {};
	const { label_names = inner['label_names'], label_descriptions = inner['label_descriptions'], labels } = config;
	return (
		listed(config['id2label']) ?? described(listed(label_names), label_descriptions) ?? described(listed(labels), null)
	);
}

/** Names by number, as a list or as an object; null where they are none. */
function listed(names: unknown): string[] | null {
	const labels = isRecord(names) ? Object.keys(names).map((_, index) => names[String(index)]) : names;
	if (!isStringArray(labels) || labels.length === 0) return null;
	return areNumbers(labels) ? null : labels;
}

/** What transformers calls classes that nobody named. */
function areNumbers(labels: readonly string[]): boolean {
	return labels.every((label, index) => label === `LABEL_${index}`);
}

/** Names in words, where there are any for them. */
function described(names: string[] | null, descriptions: unknown): string[] | null {
	if (!names || !isRecord(descriptions)) return names;
	return names.map((name) => {
		const words = descriptions[name];
		return typeof words === 'string' ? words : name;
	});
}

/**
 * One name for each of `classes` outputs, each different from every other: the labels if they are as many, else `class 0`,
 * `class 1`, ... A name that stands several times in the list, in whatever case, is followed by the number of its class: to
 * ImageNet a crane is a bird (134) and a machine (517).
 */
export function classNames(labels: readonly string[] | null, classes: number): string[] {
	if (labels?.length === classes) return toldApart(labels);
	return Array.from({ length: classes }, (_, index) => className(null, index));
}

/** The name of one class; its number where nobody names it. */
export function className(labels: readonly string[] | null, index: number): string {
	return labels?.[index] ?? `class ${index}`;
}

function toldApart(labels: readonly string[]): string[] {
	const times = new Map<string, number>();
	for (const label of labels) times.set(keyOf(label), (times.get(keyOf(label)) ?? 0) + 1);
	return labels.map((label, index) => (times.get(keyOf(label)) === 1 ? label : `${label} (class ${index})`));
}

/** What two names share that a reader would take for the same. */
const keyOf = (label: string) => label.trim().toLowerCase();
