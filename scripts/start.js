// npm start: set up, build what has changed, serve the built site. Plain Node, because nothing is installed yet.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build, isFresh } from './lib/build.js';
import { tool } from './lib/run.js';
import { prepare, stop } from './lib/setup.js';

const { port, host } = options();
await prepare();
if (!existsSync('static/models/vit-tiny/model.safetensors')) {
	await tool('tsx/dist/cli.mjs', ['scripts/models.ts', 'vit-tiny', '--optional']);
}
if (isFresh()) console.log('The site is built already.');
else if (!(await build())) stop('The site could not be built: the message above says why.');

const { listen, siteHandler } = await import('./lib/serve.js');
const address = await listen(siteHandler('build'), { port, host }).catch((error) =>
	stop(`Cannot serve: ${error.message}.`)
);
console.log(`\nPatchwork is at ${address}\nStop it with Ctrl+C.`);

/** @returns {{ port: number, host: string }} */
function options() {
	try {
		const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
		const port = Number(values.port ?? 4173);
		if (Number.isInteger(port) && port > 0 && port < 65536) return { port, host: values.host ?? '127.0.0.1' };
	} catch {
		// Said below.
	}
	return stop('Usage: npm start -- [--port 4173] [--host 127.0.0.1]');
}
