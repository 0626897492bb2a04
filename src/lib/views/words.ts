import { decimal } from '../base/numbers';
import type { ModelConfig } from '../engine/families';
import { scientific, weightPercent } from '../marks/numbers';
import { firstPatch, hasCls, prefixOf, tokenName, type Grid } from '../marks/tokens';
import type { Direction, Scale } from '../run/url';
import { indexOfLargest, total, type TokenMap } from './maps';

export { tokenName };

/** Three significant digits, whether a number is large or tiny. */
export function formatWeight(weight: number): string {
	if (weight === 0) return '0';
	return Math.abs(weight) < 0.0001 ? scientific(weight) : decimal(String(Number(weight.toPrecision(3))));
}

/** `224 × 224 px`, or which side is which where they differ: `132 px wide × 84 px high`. */
export function pixelSize([height, width]: ModelConfig['imageSize']): string {
	return width === height ? `${width} × ${height} px` : `${width} px wide × ${height} px high`;
}

/** `Head 3`, or the mean of them, counted from 1. */
export function headName(head: number | 'mean'): string {
	return head === 'mean' ? 'Mean over heads' : `Head ${head + 1}`;
}

/**
 * What the map of a query says in one line: its largest patch, and CLS where there is one. CLS can have more than any patch, so the first
 * is said of the patches alone.
 */
export function mapSentence(query: number, map: TokenMap, grid: Grid, direction: Direction): string {
	const strongest = indexOfLargest(map.patches);
	const place = tokenName(strongest + firstPatch(grid), grid);
	const weight = weightPercent(map.patches[strongest] ?? 0);
	const name = capital(tokenName(query, grid));
	const share = map.cls === null ? '' : weightPercent(map.cls);
	return direction === 'from'
		? `${name}. Of the patches, most to ${place}: ${weight}${share && `; to CLS: ${share}`}`
		: `${name}. Of the patches, most from ${place}: ${weight}${share && `; from CLS: ${share}`}`;
}

/** The one weight between the query and another token. */
export function weightSentence(query: number, other: number, map: TokenMap, grid: Grid, direction: Direction): string {
	const before = firstPatch(grid);
	const weight = weightPercent((other < before ? map.prefix[other] : map.patches[other - before]) ?? 0);
	const [from, to] = direction === 'from' ? [query, other] : [other, query];
	return `${capital(tokenName(from, grid))} attends to ${tokenName(to, grid)}: ${weight}`;
}

/** What the overlay shows, as a caption: `What the CLS token looks at`. */
export function lookCaption(query: number, grid: Grid, direction: Direction): string {
	const isPatch = query >= firstPatch(grid);
	const name = isPatch ? `the patch in ${tokenName(query, grid)}` : `the ${tokenName(query, grid)} token`;
	return direction === 'from' ? `What ${name} looks at` : `What looks at ${name}`;
}

/** The share under which the patches have so little that the colours, which reach up to it, would mislead. */
const LITTLE = 0.01;

/** Says so where a query gives almost nothing to the patches; empty elsewhere, and of columns, which sum to no whole. */
export function littleNote(map: TokenMap, direction: Direction): string {
	if (direction === 'to' || total(map) >= LITTLE) return '';
	const others = weightPercent(otherShare(map));
	if (map.cls === null) {
		const who = map.prefix.length > 1 ? 'the tokens before them get' : 'the token before them gets';
		return `Almost nothing goes to the patches: ${who} ${others}.`;
	}
	const more = map.prefix.length > 1 ? ` and the others before the patches ${others}` : '';
	return `Almost nothing goes to the patches: CLS gets ${weightPercent(map.cls)}${more}.`;
}

/** What the distillation token and the registers get together, in [0, 1]. */
export function otherShare({ prefix, cls }: TokenMap): number {
	return prefix.subarray(cls === null ? 0 : 1).reduce((sum, weight) => sum + weight, 0);
}

/** What these are called in a sentence; null where there are none. */
export function othersName(grid: Grid): string | null {
	const others = prefixOf(grid).slice(hasCls(grid) ? 1 : 0);
	if (others.length === 0) return null;
	if (others.every((name) => name.startsWith(/* @wc-ignore */ 'Register'))) {
		return others.length === 1 ? 'the register' : `the ${others.length} registers`;
	}
	return others.length === 1 ? 'the distillation token' : 'the other tokens before the patches';
}

/** What the legend says of its scale. @param grid says what stands before the patches, and so is left out */
export function scaleNote(scale: Scale, head: number | 'mean', grid: Grid): string {
	const others = hasCls(grid) ? 'CLS' : othersName(grid);
	const top = `largest weight on a patch${others === null ? '' : ` (${others} left out)`}.`;
	if (scale === 'shared') return `One scale for all heads of all blocks: up to the ${top}`;
	return head === 'mean' ? `This map’s own scale: up to its ${top}` : `This head’s own scale: up to its ${top}`;
}

/** What the share of CLS is called: how much of the token's own attention it gets, or what it gives of its own. */
export function clsLabel(direction: Direction, token: number, grid: Grid): string {
	if (direction === 'from') return 'Attention that goes to CLS';
	if (prefixOf(grid)[token] === 'CLS') return 'CLS gives itself';
	return token < firstPatch(grid) ? 'CLS gives this token' : 'CLS gives this patch';
}

export function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the stops of the rail before the blocks are called, of a model that has patches and embeddings. */
export const STOP_NAMES = { patches: 'Patches', embeddings: 'Embeddings' } as const;

/** What the heads of a block are called wherever one of them is chosen. */
export const HEADS = {
	one: 'Head',
	many: /* @wc-include */ 'heads',
	every: 'Every head',
	mean: 'Mean',
	ownScale: 'Colours reach up to each head’s own largest weight on a patch',
	sharedScale: 'One scale for all heads of all blocks',
	picture: 'All heads',
	maps: 'attention maps',
	file: /* @wc-ignore */ 'attention'
} as const;

/** What a picture's squares are called, and what stands for one. */
export const PATCH_WORDS = {
	one: /* @wc-include */ 'patch',
	many: /* @wc-include */ 'patches',
	vector: /* @wc-include */ 'token',
	none: 'no patch is'
} as const;

/** What is known of tokens that are far longer than others. */
export const NOTES = 'There large models without registers keep notes of the whole picture (Darcet et al. 2023).';

/** `Stage 2, block 1`; both are counted from 0 here. */
export function blockInStage(stage: number, block: number): string {
	return `Stage ${stage + 1}, block ${block + 1}`;
}
