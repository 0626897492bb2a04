import type { MapSize } from '../../engine/swin/config';
import type { ShownWindows } from '../../views/windows/patterns';

/** `Stage 2, block 1`; both are counted from 0 here. */
export function blockName(stage: number, block: number): string {
	return `Stage ${stage + 1}, block ${block + 1}`;
}

/** `row 3, column 4` of a map, counted from 1. */
export function tokenName(token: number, { columns }: MapSize): string {
	return `row ${Math.floor(token / columns) + 1}, column ${(token % columns) + 1}`;
}

/**
 * A block with its partner, in the order of the model: windows that lie plainly, and the shifted ones after them. The
 * last block of a stage with an odd number of them has no partner. All are counted from 0 through all stages.
 */
export function blocksBeside(blocks: readonly ShownWindows[], block: number): number[] {
	const own = blocks[block]?.heads;
	if (!own) return [];
	const first = own.block % 2 === 0 ? block : block - 1;
	const next = blocks[first + 1]?.heads;
	return next?.stage === own.stage ? [first, first + 1] : [first];
}

/** What is drawn of a block, or of two beside each other. @param shifted whether the windows of one of them are */
export function pairSentence(count: number, shifted: boolean): string {
	if (count === 1)
		return 'what one token attends to in a block. The stage has no block after it whose windows are shifted.';
	if (shifted) return 'what one token attends to in a block, and in the next, whose windows are shifted.';
	return 'what one token attends to in a block, and in the next. A window is as large as the map here, so nothing is shifted.';
}
