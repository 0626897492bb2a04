import { inSentence } from '../base/language';
import type { Edit, Indices, RunName, Tokens } from '../engine/edits/edit';
import type { Sample } from '../photo/manifest';
import { count, plainNumber } from '../marks/numbers';
import { capital } from '../views/words';
import type { BrushGrid } from './brush';
import { hiddenBy } from './hiding';
import { sampleOf } from './photo-runs';
import { HIDING_WORDS } from './words';

/** What edits are told by. */
export interface Known {
	readonly grid: BrushGrid;
	/** What the tokens before the patches are called. */
	readonly prefix: readonly string[];
	/** The photos that edits may name. */
	readonly samples: readonly Sample[];
}

/** Some tokens in words, and whether they are a single one. */
interface Who {
	readonly words: string;
	readonly single: boolean;
}

/** What something is called: all of it, or of some tokens. */
type Part = (who: Who | null) => string;

const ofWhom = ({ words }: Who): string => `of ${words}`;

const plain =
	(name: string): Part =>
	(who) =>
		who === null ? name : `${name} ${ofWhom(who)}`;
/** Where the tokens themselves are meant, and not something of theirs. @param when `after the block` */
const tokens =
	(when: string): Part =>
	(who) =>
		who === null ? `tokens ${when}` : `${who.words} ${when}`;

/** What parts of a block are called, by the end of their taps' names. */
const PARTS: Readonly<Record<string, Part>> = {
	norm1: plain('normalised input of the attention'),
	query: plain(/* @wc-include */ 'queries'),
	key: plain(/* @wc-include */ 'keys'),
	value: plain(/* @wc-include */ 'values'),
	'attn.rotated_query': plain('turned queries'),
	'attn.rotated_key': plain('turned keys'),
	'attn.scores': plain('scores before the softmax'),
	'attn.pattern': plain('attention pattern'),
	'attn.head_out': plain('output of the heads'),
	'attn.out': plain('attention’s part of the sum'),
	residual1: tokens('after the attention'),
	norm2: plain('normalised input of the feed-forward part'),
	'mlp.pre_gelu': plain('hidden features before GELU'),
	'mlp.post_gelu': plain('hidden features after GELU'),
	'mlp.out': plain('feed-forward part of the sum'),
	out: tokens('after the block')
};

/** What taps and parameters outside the blocks are called. */
const PLACES: Readonly<Record<string, Part>> = {
	pixel_values: plain(/* @wc-include */ 'pixels'),
	patches: plain(/* @wc-include */ 'patches'),
	patch_embed: plain('patch embeddings'),
	embeddings: tokens('before the first block'),
	norm: tokens('after the last norm'),
	logits: plain(/* @wc-include */ 'logits'),
	probabilities: plain(/* @wc-include */ 'probabilities'),
	'parameters.pos_embed': (who) =>
		who?.single ? `position ${ofWhom(who)}` : plain(/* @wc-include */ 'positions')(who),
	'parameters.cls_token': plain('learned CLS vector'),
	'parameters.dist_token': plain('learned distillation vector'),
	'parameters.reg_tokens': plain('learned registers'),
	'parameters.rotary.cos': plain('cosines of the rotary positions'),
	'parameters.rotary.sin': plain('sines of the rotary positions'),
	image_embeds: plain('vector of the photo')
};

/** Of what nobody gave a name, its own is told. */
const unnamed = (tap: string): Part => plain(`‘${tap}’`);

/** The block that a tap is of, as `block 4` or `every block`, and what it is in there; null of a whole block. */
function placeOf(tap: string): { block: string | null; part: Part | null } {
	const known = PLACES[tap];
	if (known) return { block: null, part: known };
	const [, stage, block, part] = /^(?:stages\.(\d+|\*)\.)?blocks\.(\d+|\*)(?:\.(.+))?$/.exec(tap) ?? [];
	if (block === undefined) return { block: null, part: unnamed(tap) };
	const ofStage = stage === '*' ? 'every stage' : `stage ${Number(stage) + 1}`;
	const ofBlock = block === '*' ? 'every block' : `block ${Number(block) + 1}`;
	const where = stage === undefined ? ofBlock : `${ofStage}, ${ofBlock}`;
	return { block: where, part: part === undefined ? null : (PARTS[part] ?? unnamed(part)) };
}

const listed = (indices: Indices): string =>
	[indices]
		.flat()
		.map((i) => i + 1)
		.join(', ');

const isOne = (indices: Indices): boolean => [indices].flat().length === 1;

const NAMES: Readonly<Record<string, string>> = {
	cls: 'CLS',
	distillation: 'the distillation token',
	registers: 'the registers',
	all: 'all tokens',
	patches: 'the patches'
};

/** Tokens in words. */
function whoOf(chosen: Tokens, { grid: { each, columns, before }, prefix }: Known): Who {
	const list = [chosen].flat();
	const width = columns * each;
	const names = list.map((one) => {
		if (typeof one === 'string') return NAMES[one] ?? one;
		if (typeof one !== 'number') return 'top' in one ? `the ${one.top} that stand out most in ${one.of}` : null;
		if (one < before) return prefix[one] ?? `token ${one + 1}`;
		const patch = one - before;
		return `the patch in row ${Math.floor(patch / width) + 1}, column ${(patch % width) + 1}`;
	});
	const [first] = list;
	const single = list.length === 1 && (typeof first === 'number' || first === 'cls' || first === 'distillation');
	if (names.length <= 2 && names.every((name) => name !== null))
		return { words: names.join(/* @wc-include */ ' and '), single };
	if (names.length === 1) return { words: 'a rectangle of patches', single };
	const all = count(names.length);
	return { words: list.every((one) => typeof one === 'number') ? `${all} tokens` : `${all} groups of tokens`, single };
}

function runWords(run: RunName, { samples }: Known): string {
	const id = sampleOf(String(run));
	return id === null ? `run ${run}` : /* @wc-include */ `“${samples.find((one) => one.id === id)?.title ?? id}”`;
}

/** A score that leaves a key nothing after the softmax: nobody looks there. */
const CLOSED = -1e4;
const isClosing = (edit: Edit): boolean =>
	edit.do === 'set' && edit.tap.endsWith('.scores') && typeof edit.to === 'number' && edit.to <= CLOSED;
const isHeating = (edit: Edit): boolean => edit.do === 'scale' && edit.tap.endsWith('.scores') && edit.by > 0;

function deedWords(edit: Edit, known: Known): string {
	switch (edit.do) {
		case 'zero':
			return 'set to zero';
		case 'scale':
			return isHeating(edit) ? `at temperature ${plainNumber(1 / edit.by)}` : `times ${plainNumber(edit.by)}`;
		case 'set':
			if (isClosing(edit)) return /* @wc-include */ 'closed';
			return typeof edit.to === 'number' ? `set to ${plainNumber(edit.to)}` : 'set to other numbers';
		case 'add':
			return 'with something added';
		case 'mean':
			return `replaced by ${meanWords(edit, known)}`;
		case 'uniform':
			return 'the same for every key';
		case 'permute':
			return 'in another order';
		case 'keep':
			return 'kept, all others taken out';
		case 'skip':
			return 'passed by';
		case 'replace':
			return `replaced by what ${runWords(edit.run, known)} has there`;
	}
}

/** What a mean is of; over a single token it is that token. */
function meanWords(edit: Edit & { do: 'mean' }, known: Known): string {
	if (edit.over === 'photos') return `the mean over this photo and ${edit.runs.length} others`;
	const { tap, tokens: of } = edit.of ?? {};
	if (tap !== undefined) return 'a mean that is taken elsewhere in the run';
	if (of === undefined) return edit.over === 'heads' ? 'the mean over the heads' : 'the mean over the tokens';
	const { words, single } = whoOf(of, known);
	return single ? `that of ${words}` : `the mean of ${words}`;
}

/** What is changed, as the subject of a sentence; empty of a whole block. */
function subjectOf(edit: Edit, part: Part | null, known: Known): string {
	const { tokens: chosen, queries, keys } = edit;
	const name = isClosing(edit)
		? /* @wc-include */ 'attention'
		: isHeating(edit)
			? /* @wc-include */ 'softmax'
			: (part?.(chosen === undefined ? null : whoOf(chosen, known)) ?? '');
	const from = queries === undefined ? '' : `from ${whoOf(queries, known).words}`;
	const to = keys === undefined ? '' : `to ${whoOf(keys, known).words}`;
	return [name, from, to].filter((one) => one !== '').join(' ');
}

/**
 * An edit in words, for a list: `Block 4, head 2: attention pattern set to zero`.
 */
export function editWords(edit: Edit, known: Known): string {
	const hidden = hiddenBy(edit, known.grid);
	if (hidden) {
		const { squares, hiding, run } = hidden;
		const how = hiding === 'swapped' ? `from ${runWords(run ?? '', known)}` : inSentence(HIDING_WORDS[hiding].label);
		const all = known.grid.rows * known.grid.columns;
		return known.grid.each === 1
			? `${count(squares.size)} of ${count(all)} patches hidden: ${how}`
			: `${count(squares.size)} of ${count(all)} squares hidden: ${how}`;
	}
	const { block, part } = placeOf(edit.tap);
	const { head, channels } = edit;
	const where = [
		block,
		head === undefined ? null : isOne(head) ? `head ${listed(head)}` : `heads ${listed(head)}`,
		channels === undefined ? null : isOne(channels) ? `channel ${listed(channels)}` : `channels ${listed(channels)}`
	];
	const place = where.filter((one) => one !== null).join(', ');
	const what = [subjectOf(edit, part, known), deedWords(edit, known)].filter((one) => one !== '').join(' ');
	return capital(place === '' ? what : `${place}: ${what}`);
}
