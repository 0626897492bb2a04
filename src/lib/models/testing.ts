/** Helpers of the tests of models; nothing that is shipped imports this file. */
import type { ModelFiles } from './model-files';

/** All bytes of a model's weights, read as the engine reads them. Comparing 100,000 numbers one by one is slow. */
export async function bytesOf({ weights }: ModelFiles): Promise<Buffer> {
	const files = await weights.open();
	return Buffer.concat(files.map((file) => file.read(0, file.size)));
}
