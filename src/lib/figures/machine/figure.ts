import { prefixTokens, tokenCount, type ViTConfig } from '../../engine/vit/config';
import { AttributeReader, clampIndex } from '../kit/attributes';
import { inputOf } from '../kit/blocks';
import { readToken, tokenOf, type TokenChoice } from '../kit/token-choice';
import { PLAIN } from '../kit/ways';
import { ownName, specOf } from '../kit/where';
import { count } from '../../marks/numbers';
import type { Figure, Reveal, Tap } from '../figure';
import {
	answerKind,
	hasKind,
	inBlock,
	KIND_NAMES,
	KINDS,
	largestIn,
	levelOf,
	LEVELS,
	rowIn,
	stemOf,
	tapOf,
	within,
	type Cell,
	type Kind,
	type Level
} from './cells';
import { explainedTaps } from './explain';

export interface MachineState {
	readonly view: Level;
	/** Counted from 0; one past the model's last stands for its last. */
	readonly block: number;
	readonly head: number;
	/** Whose strips are drawn, and who asks. */
	readonly token: TokenChoice;
	/** The kind of number that is taken apart. */
	readonly of: Kind;
	/** Its row; that of the token where nothing is said. */
	readonly row: number | null;
	/** Its column; the row's largest number where nothing is said. */
	readonly column: number | 'largest';
	/** The numbers that were walked through to this one, the last of them last. */
	readonly trail: readonly Cell[];
}

/** Block, head and token as this model has them. */
export interface Place {
	readonly block: number;
	readonly head: number;
	readonly token: number;
}

export const placeOf = (
	config: ViTConfig,
	{ block, head, token }: Pick<MachineState, 'block' | 'head' | 'token'>
): Place => ({
	block: clampIndex(block, config.depth),
	head: clampIndex(head, config.heads),
	token: tokenOf(config, token)
});

/** The number that is taken apart; its column is the first as long as the largest is not known. */
export function cellOf(config: ViTConfig, state: MachineState): Cell {
	const { of, block, head, token, row, column } = state;
	const at = column === 'largest' ? 0 : column;
	// Patches are counted without the tokens before them.
	const before = of === 'pixel' || of === 'patch_embed' ? prefixTokens(config) : 0;
	return within(config, { of, block, head, row: row ?? tokenOf(config, token) - before, column: at });
}

/** The same, with the run's own largest number where the state says no other. */
export function cellIn(config: ViTConfig, state: MachineState, tap: Tap): Cell {
	const cell = cellOf(config, state);
	return state.column === 'largest' ? { ...cell, column: largestIn(rowIn(tap(tapOf(config, cell)), cell)) } : cell;
}

/** What a block is drawn from. */
export const BLOCK_PARTS = [
	'norm1',
	'attn.pattern',
	'attn.out',
	'residual1',
	'norm2',
	'mlp.post_gelu',
	'mlp.out',
	'out'
] as const;
/** What a head is drawn from; the pattern is the last, for the ledger. */
export const HEAD_PARTS = ['query', 'key', 'value', 'attn.scores', 'attn.head_out', 'attn.pattern'] as const;

/** The name of a block's part as this model has it. */
export const partName = (config: ViTConfig, block: number, part: string): string =>
	inBlock(config, block, ownName(part, config));

/** What the model is drawn from: the stream before, between and after its blocks. */
export const streamTaps = ({ depth }: Pick<ViTConfig, 'depth'>): string[] =>
	Array.from({ length: depth + 1 }, (_, block) => inputOf(block));

function taps(config: ViTConfig, state: MachineState): readonly string[] {
	const { block } = placeOf(config, state);
	if (state.view === 'model') return streamTaps(config);
	if (state.view === 'block') return [inputOf(block), ...BLOCK_PARTS.map((part) => partName(config, block, part))];
	if (state.view === 'head') return HEAD_PARTS.map((part) => inBlock(config, block, part));
	return explainedTaps(config, cellOf(config, state));
}

/** All that can be walked through from a step's number: what is in its block, or what lies outside of all blocks. */
function ahead(config: ViTConfig, state: MachineState): string[] {
	if (state.view !== 'number') return [];
	const cell = cellOf(config, state);
	const outside = levelOf(cell, config) === 'model';
	const cells = KIND_NAMES.filter((of) => hasKind(config, of) && (KINDS[of][0] === 'model') === outside)
		// A patch is another sum than a token that was learned.
		.flatMap((of) => [0, tokenCount(config)].map((row) => within(config, { ...cell, of, row })));
	const views = outside ? [] : (['block', 'head'] as const).map((view) => taps(config, { ...state, view }));
	return [...views.flat(), ...cells.flatMap((own) => explainedTaps(config, own))];
}

/** What the prose lets the reader choose from, in its order. */
const CHOICES = [
	{ tap: 'pixel_values', words: 'the pixels' },
	{ tap: 'embeddings', words: 'the embeddings' },
	{ tap: 'blocks.0.attn.pattern', words: 'the attention weights of a block' },
	// Before and after GELU they are as many; these are the ones that the machine shows, and that are recorded.
	{ tap: 'blocks.0.mlp.post_gelu', words: 'the hidden values' }
] as const;

/** Which intermediate is the largest: the number of values of each in the run that is shown. */
const biggest: Reveal = {
	taps: (config) => CHOICES.map(({ tap }) => ownName(tap, config)),
	answer: ({ model: { config } }, tap) => {
		const counts = CHOICES.map((choice) => tap(ownName(choice.tap, config)).data.length);
		const parts = CHOICES.map(({ words }, i) => `${words} ${count(counts[i] ?? 0)}`);
		const sentence = `In this run, ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)} numbers.`;
		return { choice: counts.indexOf(Math.max(...counts)), sentence };
	}
};

/** The rail is the machine's map: each stop leads to its part, a block to the same level of that block. */
function goTo(config: ViTConfig, { view }: MachineState, stop: string): Partial<MachineState> | null {
	const number = (of: Kind, change: Partial<MachineState> = {}): Partial<MachineState> => ({
		...{ view: 'number', of, row: null, column: 'largest', trail: [] },
		...change
	});
	const block = /^block-(\d+)$/.exec(stop)?.[1];
	if (block !== undefined) return { view: view === 'head' ? view : 'block', block: Number(block), trail: [] };
	if (stop === 'photo') return { view: 'model', trail: [] };
	if (stop === 'patches') return number('pixel');
	if (stop === 'embeddings') return number('embedding');
	const answer = answerKind(config);
	return stop === 'head' && answer ? number(answer, { row: 0 }) : null;
}

export const figure: Figure<MachineState> = {
	name: 'machine',
	title: 'The whole model',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: MachineState = {
			view: read.oneOf('view', LEVELS, 'model'),
			block: read.index('block', 0),
			head: read.index('head', 0),
			token: readToken(read.text('token', 'cls')),
			of: read.oneOf('of', KIND_NAMES, 'pattern'),
			row: null,
			column: 'largest',
			trail: []
		};
		read.end();
		return state;
	},
	// The walk ends at the photo's own numbers, by way of the patches and the matrix that they are multiplied with.
	needs: () => [...PLAIN, 'patches', 'projection'],
	taps,
	ahead,
	here(config, state, told) {
		if (state.view === 'model') return null;
		if (state.view === 'number') return specOf(tapOf(config, cellOf(config, state)), config);
		const { block } = placeOf(config, state);
		if (state.view === 'head') return specOf(inBlock(config, block, 'attn.pattern'), config);
		return told?.name.startsWith(`${stemOf(config, block)}.`) ? null : specOf(inBlock(config, block, 'out'), config);
	},
	goTo,
	reveals: { biggest }
};
