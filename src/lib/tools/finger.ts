/** How far a finger goes before it is clear what it is about, in pixels: less is a tap. */
const SLACK = 6;

/**
 * What a finger is about that came down where it may either draw or scroll the page, by how far it has gone since, in
 * pixels: it scrolls where it goes rather up or down than sideways. A browser decides in the same way where `touch-action`
 * is `pan-y`, and sends no more of what it scrolls by.
 */
export function intentOf(across: number, down: number): 'unclear' | 'draws' | 'scrolls' {
	if (Math.hypot(across, down) < SLACK) return 'unclear';
	return Math.abs(down) > Math.abs(across) ? 'scrolls' : 'draws';
}
