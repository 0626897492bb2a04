import type { Edit } from './edit';

/** Whether a name, with `*` for any number, is a tap's or a block's. */
export function matches(pattern: string, name: string): boolean {
	if (!pattern.includes('*')) return pattern === name;
	const [there, here] = [pattern.split('.'), name.split('.')];
	return (
		there.length === here.length &&
		there.every((part, i) => part === here[i] || (part === '*' && /^\d+$/.test(here[i] ?? '')))
	);
}

/** Whether edits pass a block by, so that a run with them has none of its taps. @param block e.g. `blocks.3` */
export const skips = (edits: readonly Edit[], block: string): boolean =>
	edits.some((edit) => edit.do === 'skip' && matches(edit.tap, block));

/** Whether a run with these edits makes what is drawn of it, a pattern or what a block hands on: not of a block that they pass by. */
export const isMade = (tap: string, edits: readonly Edit[]): boolean =>
	!skips(edits, tap.replace(/\.(attn\..*|out)$/, ''));
