import { inSentence } from '../base/language';
import type { Edit, Indices, RunName, Tokens } from '../engine/edits/edit';
import type { Sample } from '../photo/manifest';
import { count, plainNumber } from '../marks/numbers';
import { capital } from '../views/words';
import type { BrushGrid } from './brush';
import { hiddenBy, type Hiding } from './hiding';
import { sampleOf } from './photo-runs';

/** What a way of hiding is called on a button, and what it does. */
export const HIDING_WORDS: Readonly<Record<Hiding, { readonly label: string; readonly does: string }>> = {
	grey: { label: 'Grey', does: 'Their pixels become the zero of the model’s input' },
	mean: { label: 'Mean patch', does: 'Their pixels become those of the mean of all patches of this photo' },
	gone: {
		label: 'Removed',
		does: 'Their tokens are taken out of the sequence; all others keep their positions'
	},
	swapped: { label: 'Another photo', does: 'Their pixels become those at the same place in another photo' }
};

/** What parts of a block are called, by the end of their taps' names. */
const PARTS: Readonly<Record<string, string>> = {
	norm1: 'normalised input of the attention',
	query: /* @wc-include */ 'queries',
	key: /* @wc-include */ 'keys',
	value: /* @wc-include */ 'values',
	'attn.rotated_query': 'turned queries',
	'attn.rotated_key': 'turned keys',
	'attn.scores': 'scores before the softmax',
	'attn.pattern': 'attention pattern',
	'attn.head_out': 'output of the heads',
	'attn.out': 'attention’s part of the sum',
	residual1: 'tokens after the attention',
	norm2: 'normalised input of the feed-forward part',
	'mlp.pre_gelu': 'hidden features before GELU',
	'mlp.post_gelu': 'hidden features after GELU',
	'mlp.out': 'feed-forward part of the sum',
	out: 'tokens after it'
};

/** What taps and parameters outside the blocks are called. */
const PLACES: Readonly<Record<string, string>> = {
	pixel_values: /* @wc-include */ 'pixels',
	patches: /* @wc-include */ 'patches',
	patch_embed: 'patch embeddings',
	embeddings: 'tokens that enter the first block',
	norm: 'tokens after the last norm',
	logits: /* @wc-include */ 'logits',
	probabilities: /* @wc-include */ 'probabilities',
	'parameters.pos_embed': /* @wc-include */ 'positions',
	'parameters.cls_token': 'learned CLS vector',
	'parameters.dist_token': 'learned distillation vector',
	'parameters.reg_tokens': 'learned registers',
	'parameters.rotary.cos': 'cosines that queries and keys are turned by',
	'parameters.rotary.sin': 'sines that queries and keys are turned by',
	image_embeds: 'vector of the photo'
};

/** The block that a tap is of, as `Block 4` or `Every block`, and what it is in there. */
function placeName(tap: string): { block: string | null; part: string } {
	const known = PLACES[tap];
	if (known) return { block: null, part: known };
	const [, stage, block, part] = /^(?:stages\.(\d+|\*)\.)?blocks\.(\d+|\*)(?:\.(.+))?$/.exec(tap) ?? [];
	if (block === undefined) return { block: null, part: tap };
	const ofStage = stage === '*' ? 'every stage' : `stage ${Number(stage) + 1}`;
	const ofBlock = block === '*' ? 'every block' : `block ${Number(block) + 1}`;
	const where = stage === undefined ? ofBlock : `${ofStage}, ${ofBlock}`;
	return { block: where, part: part === undefined ? '' : (PARTS[part] ?? part) };
}

const listed = (indices: Indices): string =>
	[indices]
		.flat()
		.map((i) => i + 1)
		.join(', ');

/** Tokens in words; numbers before the patches, and what no reader chose, are named as the edit has them. */
function tokenWords(tokens: Tokens, { each, columns, before }: BrushGrid): string {
	const list = [tokens].flat();
	const width = columns * each;
	const names = list.map((one) => {
		if (typeof one === 'string') return { cls: 'CLS', all: 'all tokens', patches: 'the patches' }[one as 'cls'] ?? one;
		if (typeof one !== 'number') return 'top' in one ? `the ${one.top} that stand out most in ${one.of}` : null;
		if (one < before) return before === 1 ? 'CLS' : `token ${one + 1}`;
		const patch = one - before;
		return `the patch in row ${Math.floor(patch / width) + 1}, column ${(patch % width) + 1}`;
	});
	if (names.length <= 2 && names.every((name) => name !== null)) return names.join(/* @wc-include */ ' and ');
	return names.length === 1 ? 'a rectangle of patches' : `${count(names.length)} groups of tokens`;
}

function runWords(run: RunName, samples: readonly Sample[]): string {
	const id = sampleOf(String(run));
	return id === null ? `run ${run}` : /* @wc-include */ `“${samples.find((one) => one.id === id)?.title ?? id}”`;
}

function deedWords(edit: Edit, samples: readonly Sample[]): string {
	switch (edit.do) {
		case 'zero':
			return 'set to zero';
		case 'scale':
			return edit.tap.endsWith('.scores') && edit.by > 0
				? `at temperature ${plainNumber(1 / edit.by)}`
				: `times ${plainNumber(edit.by)}`;
		case 'set':
			if (edit.tap.endsWith('.scores') && typeof edit.to === 'number' && edit.to <= -1e4)
				return /* @wc-include */ 'closed';
			return typeof edit.to === 'number' ? `set to ${plainNumber(edit.to)}` : 'set to other numbers';
		case 'add':
			return 'with something added';
		case 'mean':
			if (edit.over === 'photos') return `the mean over this photo and ${edit.runs.length} others`;
			if (edit.of) return 'the mean of others';
			return edit.over === 'heads' ? 'the mean over the heads' : 'the mean over the tokens';
		case 'uniform':
			return 'the same for every key';
		case 'permute':
			return 'in another order';
		case 'keep':
			return 'only some kept';
		case 'skip':
			return 'passed by';
		case 'replace':
			return `those of ${runWords(edit.run, samples)}`;
	}
}

/**
 * An edit in words, for a list: `Block 4, head 2: attention pattern set to zero`.
 * @param samples the photos that it may name
 */
export function editWords(edit: Edit, grid: BrushGrid, samples: readonly Sample[]): string {
	const hidden = hiddenBy(edit, grid);
	if (hidden) {
		const { squares, hiding, run } = hidden;
		const how = hiding === 'swapped' ? `from ${runWords(run ?? '', samples)}` : inSentence(HIDING_WORDS[hiding].label);
		const all = grid.rows * grid.columns;
		return grid.each === 1
			? `${count(squares.size)} of ${count(all)} patches hidden: ${how}`
			: `${count(squares.size)} of ${count(all)} squares hidden: ${how}`;
	}
	const { block, part } = placeName(edit.tap);
	const { head, tokens, queries, keys } = edit;
	const where = [
		block,
		head === undefined ? null : [head].flat().length > 1 ? `heads ${listed(head)}` : `head ${listed(head)}`
	];
	const place = where.filter((one) => one !== null).join(', ');
	const deed = deedWords(edit, samples);
	const asked = queries === undefined ? deed : `from ${tokenWords(queries, grid)} ${deed}`;
	const seen = keys === undefined ? asked : `to ${tokenWords(keys, grid)} ${asked}`;
	const of = tokens === undefined ? '' : `of ${tokenWords(tokens, grid)}`;
	const what = [part, of, seen].filter((one) => one !== '').join(' ');
	return capital(place === '' ? what : `${place}: ${what}`);
}
