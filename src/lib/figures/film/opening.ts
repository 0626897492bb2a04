import { attentionOf } from '../../analysis/attention';
import { subjectHead, type SubjectHead } from '../../analysis/subject-head';
import type { ViTConfig } from '../../engine/vit/config';
import type { FigureRun, Tap } from '../figure';
import { tokenOf, type TokenChoice } from '../kit/token-choice';

/** Stands for the head that the page chooses by the photo. */
export const UNCHOSEN = -1;

/** The head and the query that the film begins with on one run. */
export interface Opening {
	/** Both counted from 0. */
	readonly block: number;
	readonly head: number;
	readonly token: TokenChoice;
	/** What it was found by; null for one that we chose beforehand. */
	readonly found: SubjectHead | null;
}

/** Heads whose map can be read at once, by the model's id; in all other models the page looks for one. */
const KNOWN: Readonly<Record<string, Omit<Opening, 'found'>>> = {
	'vit-tiny': { block: 6, head: 1, token: 'centre' }
};

/** The taps that a head is found by. */
export const patternsOf = ({ depth }: Pick<ViTConfig, 'depth'>): string[] =>
	Array.from({ length: depth }, (_, block) => `blocks.${block}.attn.pattern`);

/**
 * The block that is drawn before a head was found among all of them, counted from 0, and the only one that a recording
 * has: four fifths of the way up, where heads mostly look at what a photo shows.
 */
export const firstBlock = ({ depth }: Pick<ViTConfig, 'depth'>): number => Math.max(0, Math.round(0.8 * depth) - 1);

/** The head that the film begins with. A recorded run has only its {@link firstBlock} in whole. */
export function openingOf({ model: { id, config }, recorded }: FigureRun, tap: Tap): Opening {
	const known = recorded ? undefined : KNOWN[id];
	return known ? { ...known, found: null } : foundIn(config, tap, recorded ? [firstBlock(config)] : undefined);
}

/** The best of one block, which is drawn until the best of all is known. */
export const openingOfFirstBlock = ({ model: { config } }: FigureRun, tap: Tap): Opening =>
	foundIn(config, tap, [firstBlock(config)]);

function foundIn(config: ViTConfig, tap: Tap, among?: readonly number[]): Opening {
	const blocks = patternsOf(config).map((name) => attentionOf(tap(name), config));
	const found = subjectHead(blocks, tokenOf(config, 'cls'), among);
	return { block: found.block, head: found.head, token: 'cls', found };
}

/** What the page chose for each run, by the pixels that the model saw: so it is not looked for again on every step. */
const openings = new WeakMap<FigureRun['seen'], Opening>();
let last: Opening | null = null;

export function remember(seen: FigureRun['seen'], opening: Opening): void {
	openings.set(seen, opening);
	last = opening;
}

type Place = Pick<Opening, 'block' | 'head'>;
const isSame = (one: Place, other: Place) => one.block === other.block && one.head === other.head;

/** How this run's head was chosen; null where the reader chose it. */
export function chosenFor(seen: FigureRun['seen'], place: Place): Opening | null {
	const opening = openings.get(seen);
	return opening && isSame(opening, place) ? opening : null;
}

/** Whether a head is still the one that the page chose for another photo or model, and none was chosen for this one. */
export const isOfAnother = (seen: FigureRun['seen'], place: Place): boolean =>
	!openings.has(seen) && last !== null && isSame(last, place);
