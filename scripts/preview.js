// npm run preview: serve the last build as `npm start` does, without looking whether it is up to date. Vite's own preview
// serves from SvelteKit's folder, which lacks what the adapter adds: the list of what is kept for offline.
import { existsSync } from 'node:fs';
import { serveBuilt, whereToServe } from './lib/serving.js';
import { stop } from './lib/setup.js';

const where = whereToServe('npm run preview');
if (!existsSync('build/index.html')) stop('There is no build to serve: make one with "npm run build".');
await serveBuilt(where);
