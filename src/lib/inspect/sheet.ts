/** How high the sheet of controls stands on a phone. */
export const HEIGHTS = ['low', 'half', 'tall'] as const;
export type SheetHeight = (typeof HEIGHTS)[number];

/** Where the controls lie in a sheet: on a screen that is narrow and upright. Elsewhere they stand beside the photo. */
export const IN_SHEET = '(width < 56rem) and (orientation: portrait)';

/** What leaves the photo the most, as much as a phone is wide, and the least that still shows what is drawn. */
export const CSS_HEIGHTS: Record<SheetHeight, string> = {
	low: '6.75rem',
	half: '38dvh',
	tall: 'calc(100dvh - 22.5rem)'
};

/** How far a finger goes before it drags, in pixels: less is a tap. */
export const SLACK = 6;

/**
 * The height that a sheet comes to rest at when it is let go.
 * @param dragged how high it was dragged, in pixels
 * @param pixels how high each of the three is, in pixels
 */
export function nearestHeight(dragged: number, pixels: Readonly<Record<SheetHeight, number>>): SheetHeight {
	const off = (height: SheetHeight) => Math.abs(pixels[height] - dragged);
	return HEIGHTS.reduce((best, height) => (off(height) < off(best) ? height : best));
}
