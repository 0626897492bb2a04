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

/**
 * Each of these lanes keeps one core busy for about as long as the other, and none needs what the other makes, so that
 * they run side by side; what stands in a lane follows each other. The tests of GPUs compare numbers and wait for nothing,
 * and so mind no company.
 * @type {Part[][]}
 */
const lanes = [
	[['unit and parity tests', async () => (await tool('vitest/vitest.mjs', vitestArgs())) === 0]],
	[
		['Chromium', bringChromium],
		['build', build],
		['type check', async () => (await runScript('check')) === 0],
		['lint', async () => (await runScript('lint')) === 0],
		[
			'tests of GPUs',
			async () => findChromium() !== null && (await playwright(GPUS, '--project=gpu', '--workers=1')) === 0
		]
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

/**
 * @param {string} report
 * @param {...string} args
 */
function playwright(report, ...args) {
	return tool('playwright/cli.js', ['test', ...args, '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
}
