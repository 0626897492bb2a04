import { createServer } from 'vite';
import type { ModelConfig } from '../../src/lib/engine/families.ts';

/** What the module that Vite loads exports. */
interface FirstTaps {
	firstTaps(config: ModelConfig): Promise<string[]>;
}

/** Asks the site's own code, which finds chapters and figures in a way that only Vite understands. */
export async function firstTaps(config: ModelConfig): Promise<string[]> {
	const vite = await createServer({ server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' });
	try {
		const lesson = (await vite.ssrLoadModule('/src/lib/lesson/first-taps.server.ts')) as FirstTaps;
		return await lesson.firstTaps(config);
	} finally {
		await vite.close();
	}
}
