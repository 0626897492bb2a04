// npm test: set up, run every check to its end, say what came of each. Plain Node, because nothing is installed yet.
import { mkdirSync, rmSync } from 'node:fs';
import { build } from './lib/build.js';
import { npm, runApart, tool } from './lib/run.js';
import { prepare } from './lib/setup.js';
import { playwrightCounts, total, vitestCounts } from './lib/summary.js';

const REPORTS = '.cache/test';
const VITEST = `${REPORTS}/vitest.json`;
/** Of the tests in a browser, the looks by turns: all of those are a command of their own, `npm run test:looks`. */
const PAGES = `${REPORTS}/playwright.json`;
const GPUS = `${REPORTS}/playwright-gpus.json`;

await prepare();
const { addLightChromium, ensureChromium, findChromium } = await import('./lib/chromium.js');
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

/** @typedef {[name: string, work: () => Promise<boolean>]} Part */

/** Started by whoever asks first. @type {Promise<boolean> | null} */
let chromium = null;
const hasChromium = () => (chromium ??= bringChromium());

/**
 * Each keeps one core busy and needs nothing that another makes, so two run side by side: whichever ends takes the next
 * of the list, the longest of which come first. The tests of GPUs compare numbers and wait for nothing, and so mind no
 * company.
 * @type {Part[]}
 */
const parts = [
	['Chromium', hasChromium],
	['unit and parity tests', async () => (await tool('vitest/vitest.mjs', vitestArgs())) === 0],
	['build', build],
	[
		'tests of GPUs',
		async () => (await hasChromium()) && (await playwright(GPUS, '--project=gpu', '--workers=1')) === 0
	],
	['lint', async () => (await runScript('lint')) === 0],
	['type check', async () => (await runScript('check')) === 0]
];

// All of them read the configuration, and have to agree on the build's name: see svelte.config.js.
process.env['SITE_VERSION'] = String(Date.now());

/** @type {[name: string, passed: boolean][]} */
const results = [];
console.log(`\n--- ${parts.map(([name]) => name).join(', ')}: two at a time ---`);
await Promise.all([takeParts(), takeParts()]);
// They need the build, and a machine that has nothing else to do.
console.log('\n--- browser tests ---');
results.push([
	'browser tests',
	findChromium() !== null &&
		(await playwright(PAGES, '--project=bare', '--project=full', '--project=looks', '--project=steps')) === 0
]);

console.log('\n--- summary ---');
for (const [name, passed] of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${name}`);
const { passed, failed, skipped, failures } = total([vitestCounts(VITEST), ...[GPUS, PAGES].map(playwrightCounts)]);
// At the very end, where those look who see the end alone.
for (const failure of failures) console.log(`FAILED  ${failure}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = results.every(([, passed]) => passed) && failed === 0 ? 0 : 1;

async function bringChromium() {
	if (!(await ensureChromium())) return false;
	await addLightChromium();
	return true;
}

/** Takes parts until none is left. */
async function takeParts() {
	for (let part = parts.shift(); part; part = parts.shift()) {
		const [name, work] = part;
		const { result, said } = await runApart(work);
		console.log(`\n--- ${name} ---\n${said}`);
		results.push([name, result]);
	}
}

/** @param {string} name of a script in package.json */
function runScript(name) {
	return npm('run', '--silent', name);
}

function vitestArgs() {
	return ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`];
}

/**
 * @param {string} report
 * @param {...string} args
 */
function playwright(report, ...args) {
	return tool('playwright/cli.js', ['test', ...args, '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
}
