import { framed, type Pixels } from '../../photo/framed';
import type { AsideResult } from '../../run/aside';
import type { ModelRun } from '../figure';

/**
 * Runs the model on pixels of its own input size, which it sees exactly as they are.
 * @throws as `ModelRun.look` does
 */
export async function lookAtPixels(
	run: ModelRun,
	pixels: Pixels,
	names: readonly string[],
	signal?: AbortSignal
): Promise<AsideResult> {
	const { width, height, data } = framed(pixels, run.model.config.preprocess);
	const bitmap = await createImageBitmap(new ImageData(data, width, height), {
		colorSpaceConversion: 'none',
		premultiplyAlpha: 'none'
	});
	try {
		return await run.look(bitmap, names, signal);
	} finally {
		bitmap.close();
	}
}
