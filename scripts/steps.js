// npm run test:steps: the figure of every step of the lesson, in windows of all three sizes, on a fresh build.
import { build, isFresh } from './lib/build.js';
import { ensureChromium } from './lib/chromium.js';
import { tool } from './lib/run.js';

if (!(await ensureChromium()) || !(isFresh() || (await build()))) process.exit(1);
const args = ['test', '--project', 'steps', ...process.argv.slice(2)];
process.exitCode = await tool('playwright/cli.js', args, { STEPS: 'all' });
