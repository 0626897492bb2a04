import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';
import { run, tool } from './run.js';

/** Quiet, and off the network. */
const QUIET_ARGS = [
	...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
	...['--disable-component-update', '--disable-sync']
];

/** Quiet, off the network, and with graphics in software, so that every machine draws and computes the same. */
export const CHROMIUM_ARGS = [
	...QUIET_ARGS,
	...['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
	// Drawing the page itself through a GPU in software would only take time.
	...['--disable-gpu-compositing', '--disable-gpu-rasterization']
];

/**
 * The same without any GPU, for the tests that are about something else: a page that is not told which backend to take
 * measures them all, and a GPU in software has work for seconds with that. What a page has compiled is there for the next.
 */
export const NO_GPU_ARGS = [...QUIET_ARGS, ...['--disable-gpu', '--disable-software-rasterizer', '--process-per-site']];

/** For screenshots: letters lie where the font says and not where this machine would nudge them, and have no colours. */
export const STILL_ARGS = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'];

/** For the tests that need WebGPU. */
export const WEBGPU_ARGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Debian's name of it, and the package's. */
const SHELL = 'chromium-headless-shell';
const MAC = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/** Path of a Chromium: Playwright's own, or the system's; null if there is none. */
export function findChromium() {
	return firstThere([chromium.executablePath(), ...inPath(NAMES), ...MAC]);
}

/**
 * Path of a Chromium for tests that look at pages only: one without a window around the page, which costs a second of
 * computing for every context, or else any.
 */
function findLightChromium() {
	return firstThere(inPath([SHELL])) ?? findChromium();
}

/** @param {readonly string[]} names */
function inPath(names) {
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {readonly string[]} paths */
function firstThere(paths) {
	return paths.find((path) => path !== '' && existsSync(path)) ?? null;
}

/**
 * How Playwright is to start it.
 * @param {string[]} args
 */
export function launchWith(args) {
	return { executablePath: findChromium() ?? undefined, args };
}

/** The same for tests that look at pages only. @see NO_GPU_ARGS */
export function launchLight() {
	return { executablePath: findLightChromium() ?? undefined, args: NO_GPU_ARGS };
}

/** Make sure that there is a Chromium. @returns {Promise<boolean>} whether there is one now */
export async function ensureChromium() {
	if (findChromium()) return true;
	console.log('There is no Chromium for the tests of the site: installing one ...');
	if (isDebian()) await installFromDebian('chromium', SHELL);
	else await tool('playwright/cli.js', ['install', 'chromium']);
	if (findChromium()) return true;
	console.error(
		'No Chromium could be installed: install Chromium or Chrome, or run "npx playwright install chromium".'
	);
	return false;
}

/**
 * On Debian, add the light Chromium to the one that is there, in the same version, so that nothing else is renewed for it.
 * It halves the time of the tests in a browser, which run without it too.
 */
export async function addLightChromium() {
	if (firstThere(inPath([SHELL])) || !isDebian()) return;
	const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f=${Version}', 'chromium'], { encoding: 'utf8' });
	if (status === 0 && stdout) await installFromDebian(`${SHELL}=${stdout}`);
}

/** @param {...string} packages */
async function installFromDebian(...packages) {
	const root = process.getuid?.() === 0;
	/** @param {...string} args */
	const apt = (...args) => (root ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]));
	await apt('update', '-qq');
	await apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

function isDebian() {
	const file = '/etc/os-release';
	return existsSync(file) && /^ID="?debian"?$/m.test(readFileSync(file, 'utf8'));
}
