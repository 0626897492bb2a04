import { fixed } from '../base/numbers';
import { count } from '../marks/numbers';
import { gives } from '../marks/scores';
import type { LoadedModel } from './loaded-model';
import type { ModelEntry } from './entry';

/** What the page compares of models, whether the registry or a checkpoint's own files say it. */
export type Facts = Pick<ModelEntry, 'groups' | 'prefix' | 'input' | 'patchSize' | 'bytes' | 'verified' | 'own'>;

/** All that is different, in order: one number for a ViT, one a stage where a Swin's groups differ. */
function steps(values: readonly number[], between: string): string {
	return (new Set(values).size === 1 ? values.slice(0, 1) : values).map(count).join(between);
}

/** `12`, or the blocks of each stage: `2 + 2 + 6 + 2`. */
export function blocksOf({ groups }: Pick<Facts, 'groups'>): string {
	return groups.map(({ blocks }) => count(blocks)).join(' + ');
}

const attendNot = (groups: Facts['groups']) => groups.length > 0 && groups.every(({ heads }) => heads === 0);

/** Heads of a block: `3`, those of each stage: `3, 6, 12, 24`, or `none` of a network without attention. */
export function headsOf({ groups }: Pick<Facts, 'groups'>): string {
	if (attendNot(groups)) return /* @wc-include */ 'none';
	return steps(
		groups.map(({ heads }) => heads),
		', '
	);
}

/** `197`, or from the first stage to the last: `3,136 to 49`. */
export function tokensOf({ groups }: Pick<Facts, 'groups'>): string {
	const tokens = groups.map((group) => group.tokens);
	const ends = tokens.length > 1 ? [tokens[0] ?? 0, tokens.at(-1) ?? 0] : tokens;
	return steps(ends, /* @wc-include */ ' to ');
}

/**
 * What the tokens are: `CLS and 14 × 14 patches of 16 px`; where nobody says the grid of a picture that is no square,
 * `CLS and 21 patches of 16 px`. Of a network without attention, what they stand for: `places of its maps`.
 */
export function tokensAre({ prefix, groups, patchSize }: Pick<Facts, 'prefix' | 'groups' | 'patchSize'>): string {
	if (attendNot(groups)) return 'places of its maps';
	const [first] = groups;
	const all = (first?.tokens ?? 0) - prefix.length;
	const side = Math.sqrt(all);
	const [rows, columns] = first?.grid ?? (Number.isInteger(side) ? [side, side] : [1, all]);
	// Numbers stay with what they count when the line is broken.
	const many = rows > 1 ? `${count(rows)}\u00a0×\u00a0${count(columns)}` : count(all);
	const patches = `${many} ${all === 1 ? /* @wc-include */ 'patch' : /* @wc-include */ 'patches'} of ${patchSize}\u00a0px`;
	const registers = prefix.filter((name) => name.startsWith(/* @wc-ignore */ 'Register')).length;
	const names = prefix
		.filter((name) => !name.startsWith(/* @wc-ignore */ 'Register'))
		.map((name) => (name === 'CLS' ? name : 'the distillation token'));
	const front = [...names, ...(registers > 0 ? [registers === 1 ? '1 register' : `${registers} registers`] : [])];
	const before = front.length > 0 ? `${front.join(', ')} and ` : '';
	return `${before}${patches}${groups.length > 1 ? ', in windows' : ''}`;
}

/** What a model gives, as far as its entry says. */
export function givesOf({ classes, scores, own = false }: Pick<ModelEntry, 'classes' | 'scores' | 'own'>): string {
	if (scores) return gives({ scores, classes });
	if (own && classes > 0)
		return `${count(classes)} ${classes === 1 ? /* @wc-include */ 'output' : /* @wc-include */ 'outputs'}`;
	return gives({ scores: classes === 0 ? 'vector' : 'softmax', classes });
}

/** Bytes in megabytes (10^6), as much of how many where that is known; what is less than 0.1 MB in kilobytes (10^3). */
export function megabytes(bytes: number, of: number | null = null): string {
	const most = of ?? bytes;
	if (most > 0 && most < 1e5) return of === null ? kilobytes(bytes) : `${kilobytes(bytes)} of ${kilobytes(of)}`;
	const number = (value: number) => fixed(value / 1e6, 1);
	return of === null ? `${number(bytes)} MB` : `${number(bytes)} of ${number(of)} MB`;
}

const kilobytes = (bytes: number) => `${fixed(bytes / 1e3, 1)} kB`;

/** The size of the weights; one that was computed rather than seen is `about` that. */
export function sizeOf({ bytes, verified, own = false }: Pick<Facts, 'bytes' | 'verified' | 'own'>): string {
	return verified || own ? megabytes(bytes) : `about ${megabytes(bytes)}`;
}

/** `5.7 million` */
export function millions(parameters: number): string {
	return parameters < 1e6 ? count(parameters) : `${fixed(parameters / 1e6, 1)} million`;
}

/** Whose names its classes go by, where a model's files do not say any; null where they do, or where none are taken. */
export function assumedSentence({ namesAssumed = false }: Pick<LoadedModel, 'namesAssumed'>): string | null {
	if (!namesAssumed) return null;
	return 'The file names no classes; these are ImageNet’s, assumed because there are a thousand.';
}

/** Why a model names no classes; null where its classes have names. */
export function namelessSentence({ config, labels }: Pick<LoadedModel, 'config' | 'labels'>): string | null {
	const { classes, scores } = config;
	if (scores === 'vector') return 'This model has no classifier, so it names no classes.';
	if (labels !== null) return null;
	const [one, many] =
		scores === 'number'
			? [/* @wc-include */ 'output', /* @wc-include */ 'outputs']
			: [/* @wc-include */ 'class', /* @wc-include */ 'classes'];
	if (classes === 1) return `This model’s files give its only ${one} no name, so it goes by its number, 0.`;
	return `This model’s files give its ${count(classes)} ${many} no names, so each goes by its number, from 0.`;
}
