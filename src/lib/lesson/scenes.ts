import type { Chapter } from '../content/chapter';
import type { Scene } from './lesson.svelte';

/** What the figure shows beside each part of a chapter, in reading order: its steps, then its predictions. */
export function scenesOf({ steps, predictions }: Chapter): Scene[] {
	return [
		...steps.map(({ id, figure, attributes, tap }) => ({ id, figure, attributes, tap, covered: false })),
		...predictions.map(({ id, figure, attributes, tap, covered }) => ({ id, figure, attributes, tap, covered }))
	];
}

/** One part of the page, from top to bottom, in pixels from the window's top. */
export interface Extent {
	readonly id: string;
	readonly top: number;
	readonly bottom: number;
}

/** The part that a reader looks at: the one that holds the line, or else the last one above it, or the first. */
export function partAt(extents: readonly Extent[], line: number): string | null {
	const above = extents.filter(({ top }) => top <= line);
	return (above.at(-1) ?? extents[0])?.id ?? null;
}

/** Where arrow keys mean something else: in fields and in figures that are walked with them. */
const OWN_KEYS = 'input, select, textarea, [role], [contenteditable], aside';

/** What a key does to the reading: on, back, or nothing. */
export function turnOf(event: KeyboardEvent): 1 | -1 | 0 {
	const { key, target, defaultPrevented } = event;
	if (defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return 0;
	if (target instanceof Element && target.closest(OWN_KEYS)) return 0;
	return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
}
