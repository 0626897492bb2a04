// npm test: set up, run every check to its end, say what came of each. Plain Node, because nothing is installed yet.
import { mkdirSync, rmSync } from 'node:fs';
import { build } from './lib/build.js';
import { npm, runApart, tool } from './lib/run.js';
import { prepare } from './lib/setup.js';
import { playwrightCounts, total, vitestCounts } from './lib/summary.js';

const REPORTS = '.cache/test';
const VITEST = `${REPORTS}/vitest.json`;
/** Not the looks, whose baselines were made on one machine: `npm run test:looks` is a command of its own. */
const PROJECTS = ['bare', 'full', 'gpu'].map((name) => `--project=${name}`);
const PLAYWRIGHT = `${REPORTS}/playwright.json`;

await prepare();
const { ensureChromium } = await import('./lib/chromium.js');
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

/** @typedef {[name: string, work: () => Promise<boolean>]} Part */

/**
 * Each of these keeps one core busy, and none needs what another makes, so that they run side by side; what stands in
 * one line follows each other.
 * @type {Part[][]}
 */
const lanes = [
	[['unit and parity tests', async () => (await tool('vitest/vitest.mjs', vitestArgs())) === 0]],
	[['lint', async () => (await runScript('lint')) === 0]],
	[
		['type check', async () => (await runScript('check')) === 0],
		['build', build]
	]
];

// All of them read the configuration, and have to agree on the build's name: see svelte.config.js.
process.env['SITE_VERSION'] = String(Date.now());

/** @type {[name: string, passed: boolean][]} */
const results = [];
const names = lanes.flat().map(([name]) => name);
console.log(`\n--- ${names.join(', ')}: at once ---`);
await Promise.all(lanes.map(runLane));
// They need the build, and a machine that has nothing else to do.
console.log('\n--- browser tests ---');
results.push(['browser tests', (await ensureChromium()) && (await playwright()) === 0]);

console.log('\n--- summary ---');
for (const [name, passed] of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${name}`);
const { passed, failed, skipped } = total([vitestCounts(VITEST), playwrightCounts(PLAYWRIGHT)]);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = results.every(([, passed]) => passed) && failed === 0 ? 0 : 1;

/** @param {Part[]} lane */
async function runLane(lane) {
	for (const [name, work] of lane) {
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

function playwright() {
	return tool('playwright/cli.js', ['test', ...PROJECTS, '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT
	});
}
