// npm start: set up, build what has changed, serve the built site. Plain Node, because nothing is installed yet.
import { existsSync } from 'node:fs';
import { build, isFresh } from './lib/build.js';
import { tool } from './lib/run.js';
import { serveBuilt, whereToServe } from './lib/serving.js';
import { prepare, stop } from './lib/setup.js';

const where = whereToServe('npm start');
await prepare();
if (!existsSync('static/models/vit-tiny/model.safetensors')) {
	await tool('tsx/dist/cli.mjs', ['scripts/models.ts', 'vit-tiny', '--optional']);
}
if (isFresh()) console.log('The site is built already.');
else if (!(await build())) stop('The site could not be built: the message above says why.');
await serveBuilt(where);
