// npm test: set up, run every check to its end, say what came of each. Plain Node, because nothing is installed yet.
import { mkdirSync, rmSync } from 'node:fs';
import { build } from './lib/build.js';
import { npm, tool } from './lib/run.js';
import { prepare } from './lib/setup.js';
import { playwrightCounts, total, vitestCounts } from './lib/summary.js';

const REPORTS = '.cache/test';
const VITEST = `${REPORTS}/vitest.json`;
const PLAYWRIGHT = `${REPORTS}/playwright.json`;

await prepare();
const { ensureChromium } = await import('./lib/chromium.js');
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

/** @type {[name: string, work: () => Promise<boolean>][]} */
const parts = [
	// Each of these two keeps one core busy.
	[
		'type check and lint',
		async () => (await Promise.all(['check', 'lint'].map(runScript))).every((code) => code === 0)
	],
	['unit and parity tests', async () => (await tool('vitest/vitest.mjs', vitestArgs())) === 0],
	['build', build],
	['browser tests', async () => (await ensureChromium()) && (await playwright()) === 0]
];

/** @type {[name: string, passed: boolean][]} */
const results = [];
for (const [name, work] of parts) {
	console.log(`\n--- ${name} ---`);
	results.push([name, await work()]);
}

console.log('\n--- summary ---');
for (const [name, passed] of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${name}`);
const { passed, failed, skipped } = total([vitestCounts(VITEST), playwrightCounts(PLAYWRIGHT)]);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = results.every(([, passed]) => passed) && failed === 0 ? 0 : 1;

/** @param {string} name of a script in package.json */
function runScript(name) {
	return npm('run', '--silent', name);
}

function vitestArgs() {
	return ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`];
}

function playwright() {
	return tool('playwright/cli.js', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT });
}
