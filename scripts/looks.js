// npm run test:looks: every screenshot of the gallery, on a fresh build. With --update-snapshots it renews them.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { build, isFresh } from './lib/build.js';
import { ensureChromium } from './lib/chromium.js';
import { tool } from './lib/run.js';

const BASELINES = 'tests/looks/baselines';
const args = process.argv.slice(2);
const renews = args.some((arg) => arg === '-u' || arg.startsWith('--update-snapshots'));

if (!(await ensureChromium()) || !(isFresh() || (await build()))) process.exit(1);
// Those of what is there no more would stay for ever.
if (renews && args.length === 1) rmSync(BASELINES, { recursive: true, force: true });
process.exitCode = await tool('playwright/cli.js', ['test', '--project', 'looks', ...args], { LOOKS: 'all' });
if (renews) for (const file of screenshots()) await pack(file);

function screenshots() {
	const names = readdirSync(BASELINES, { recursive: true, encoding: 'utf8' });
	return names.filter((name) => name.endsWith('.png')).map((name) => `${BASELINES}/${name}`);
}

/** The same pixels in fewer bytes: a browser's own PNGs are quick to write and a quarter larger. @param {string} file */
async function pack(file) {
	const before = readFileSync(file);
	for (const adaptiveFiltering of [true, false]) {
		const packed = await sharp(before).removeAlpha().png({ compressionLevel: 9, adaptiveFiltering }).toBuffer();
		if (packed.length < statSync(file).size) writeFileSync(file, packed);
	}
}
