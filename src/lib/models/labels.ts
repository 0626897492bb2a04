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
