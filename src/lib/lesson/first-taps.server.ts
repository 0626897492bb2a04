import { chapters } from '../content/index.server';
import type { ViTConfig } from '../engine/vit/config';
import { figureNamed } from './figures';

/** The taps that the figures of all steps read before the reader changes anything: what a recording must have. */
export async function firstTaps(config: ViTConfig): Promise<string[]> {
	const steps = (await chapters()).flatMap((chapter) => chapter.steps);
	const names = steps.flatMap(({ figure, attributes }) => {
		const { parse, taps } = figureNamed(figure);
		return taps(config, parse(attributes));
	});
	return [...new Set(names)].sort();
}
