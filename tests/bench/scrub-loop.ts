/**
 * Runs in a page: draws the film back and forth once, a step a frame, and notes how long each frame took. Where there
 * is no film, it counts as many steps and moves nothing.
 * @param selector of the film's slider
 * @returns milliseconds from frame to frame
 */
export async function scrubOnce({ selector, steps }: { selector: string; steps: number }): Promise<number[]> {
	const slider = document.querySelector<HTMLInputElement>(selector);
	const frames: number[] = [];
	let before = await new Promise<number>(requestAnimationFrame);
	for (let step = 0; step <= 2 * steps; step++) {
		if (slider) {
			slider.value = String(steps - Math.abs(steps - step));
			slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
		}
		const now = await new Promise<number>(requestAnimationFrame);
		frames.push(now - before);
		before = now;
	}
	return frames;
}
