import { innerHeight, innerWidth } from 'svelte/reactivity/window';

/**
 * How much larger the lesson draws its figures, by the window: letters, lines and controls grow with the pictures.
 * @param width of the window, in CSS pixels, as `height`
 */
export function grownIn(width: number, height: number): number {
	if (width >= 1760 && height >= 928) return 1.38;
	return width >= 1440 && height >= 832 ? 1.12 : 1;
}

/** Height of the window in a figure's own pixels, for what must leave room for the controls; 0 where there is no window. */
export const windowHeight = (): number => {
	const [width, height] = [innerWidth.current ?? 0, innerHeight.current ?? 0];
	return height / grownIn(width, height);
};
