/** Walks through the built site at random, by a seed, as a restless reader would, and looks that all stays as it should. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { PatchworkError } from '../src/lib/base/errors.ts';
import { soak } from '../tests/e2e/soak/soak.ts';
import { CHROMIUM_ARGS, ensureChromium, launchWith } from './lib/chromium.js';
import { runCommand, wholeNumber } from './lib/cli.ts';
import { siteHandler } from './lib/serve.js';
import { soakWalk } from './lib/soak-walk.ts';

const USAGE = 'npm run soak -- [--photos N] [--seed N]';
/** Has the browser collect garbage when it is asked what it holds, in place of some time later. */
const MEASURE_NOW = '--enable-blink-features=ForceEagerMeasureMemory';

await runCommand(async () => {
	const { values } = parseArgs({ options: { photos: { type: 'string', default: '300' }, seed: { type: 'string' } } });
	const photos = wholeNumber('photos', values.photos, 1, USAGE);
	const seed = values.seed === undefined ? Date.now() % 1e6 : wholeNumber('seed', values.seed, 0, USAGE);
	const build = fileURLToPath(new URL('../build', import.meta.url));
	if (!existsSync(build))
		throw new PatchworkError('request', 'The soak walks through the built site: run npm run build first.');
	if (!(await ensureChromium())) throw new PatchworkError('request', 'The soak needs a Chromium.');
	console.log(`seed ${seed}, ${photos} photos`);
	const server = createServer(siteHandler(build));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const browser = await chromium.launch(launchWith([...CHROMIUM_ARGS, MEASURE_NOW]));
	const started = performance.now();
	const seconds = () => Math.round((performance.now() - started) / 1000);
	try {
		const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		const context = await browser.newContext({ baseURL });
		// tsx has functions keep their names by a call of its own, which comes with those that are sent to the page.
		await context.addInitScript('globalThis.__name ??= (named) => named');
		const say = (line: string) => console.log(`${seconds()} s: ${line}`);
		const report = await soak(context, soakWalk(seed, photos), { seed, heap: true, say });
		console.log(JSON.stringify({ seed, photos, passed: true, seconds: seconds(), ...report }));
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		console.error(why);
		console.log(JSON.stringify({ seed, photos, passed: false, seconds: seconds(), why }));
		process.exitCode = 1;
	} finally {
		await browser.close();
		server.close();
	}
});
