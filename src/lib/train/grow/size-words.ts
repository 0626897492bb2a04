import { fixed } from '../../base/numbers';
import { smallViT } from '../../engine/train/presets';
import { NOTEBOOK, type Size } from './setup';

/** What readers call a size. */
export function sizeName(size: Size): string {
	if (size === NOTEBOOK) return 'The notebook’s: 144 px, patches of 8';
	return `${size} px, patches of ${smallViT(size).patch}`;
}

/** How many times as much something is: `1.1`, `67`. */
export const timesWords = (times: number): string => fixed(times, times < 10 ? 1 : 0);
