// npm run test:browsers: the main path in browsers that are not Chromium, as far as there are any, on a fresh build.
import { build, isFresh } from './lib/build.js';
import { tool } from './lib/run.js';

if (!(isFresh() || (await build()))) process.exit(1);
process.exitCode = await tool('vitest/vitest.mjs', [
	...['run', '--config', 'tests/browsers/vitest.config.ts'],
	...process.argv.slice(2)
]);
