import type { Outliers } from '../../analysis/token-norms';
import type { Grid } from '../../marks/tokens';
import { counted } from '../kit/words';
import { regionOf } from './received';

/** After which block patches first stand out by their length, and where those of the last one lie. @param blocks one a block */
export function standOutWords(blocks: readonly Outliers[], grid: Grid): string {
	const first = blocks.findIndex(({ tokens }) => tokens.length > 0);
	if (first < 0) return 'Here: no patch stands out, after whichever block.';
	const last = blocks.at(-1)?.tokens ?? [];
	const within = (region: number) => last.filter((token) => regionOf(token, grid) === region).length;
	const where = `${within(1)} in the corners, ${within(2)} elsewhere at the edge and ${within(3)} inside the photo`;
	return (
		`Here: patches first stand out after block ${first + 1} (${blocks[first]?.tokens.length ?? 0} of them). After the ` +
		`last block ${last.length === 0 ? 'none does.' : `${counted(last.length, 'does', 'do')}: ${where}.`}`
	);
}
