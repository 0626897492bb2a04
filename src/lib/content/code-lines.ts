/** Where a key leads from line `at` of `count` lines, counted from 0; null for a key that means nothing here. */
export function lineAfter(key: string, at: number, count: number): number | null {
	switch (key) {
		case 'ArrowDown':
			return Math.min(count - 1, at + 1);
		case 'ArrowUp':
			return Math.max(0, at - 1);
		case 'Home':
			return 0;
		case 'End':
			return count - 1;
		default:
			return null;
	}
}

/**
 * Moves the focus between the lines of rendered code that make a tap. A whole block of code is one stop of the Tab key;
 * from there the arrow keys, Home and End lead on. For the `keydown` of an element with rendered prose in it.
 */
export function moveLine(event: KeyboardEvent): void {
	const line = lineOf(event.target);
	const lines = line ? linesBeside(line) : [];
	const to = line ? lineAfter(event.key, lines.indexOf(line), lines.length) : null;
	if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
	event.preventDefault();
	// The page may have keys of its own, such as those to the next chapter.
	event.stopPropagation();
	lines[to]?.focus();
}

/**
 * Makes the line of code that got the focus the one that Tab comes back to. For the `focusin` of an element with
 * rendered prose in it.
 */
export function keepLine(event: FocusEvent): void {
	const line = lineOf(event.target);
	if (line) for (const other of linesBeside(line)) other.tabIndex = other === line ? 0 : -1;
}

function lineOf(target: EventTarget | null): HTMLElement | null {
	return target instanceof HTMLElement ? target.closest<HTMLElement>('.line[data-tap]') : null;
}

function linesBeside(line: HTMLElement): HTMLElement[] {
	return [...(line.closest('pre')?.querySelectorAll<HTMLElement>('.line[data-tap]') ?? [])];
}
