/** Lays this engine beside onnxruntime-web, or this checkout beside another: same weights, same outputs, in turn. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type LaunchOptions } from 'playwright';
import { PatchworkError } from '../src/lib/base/errors.ts';
import { timePairs } from '../tests/bench/against.ts';
import { measureBesideOrt } from '../tests/bench/beside-ort.ts';
import { builtHere, builtThere } from '../tests/bench/built.ts';
import { measureCosts } from '../tests/bench/costs.ts';
import { serveEngines } from '../tests/bench/engines.ts';
import { countLaunches } from '../tests/bench/launches.ts';
import { measureMemory } from '../tests/bench/memory.ts';
import { measurePages } from '../tests/bench/pages.ts';
import { measureScrub } from '../tests/bench/scrub.ts';
import { describeSite, measureSite } from '../tests/bench/site.ts';
import { buildPage, serveFolders } from '../tests/gpu/site.ts';
import { benchOptions, type BenchOptions } from './lib/bench-options.ts';
import { describe, toColumn, type Column } from './lib/bench-report.ts';
import { CHROMIUM_ARGS, ensureChromium, findChromium, WEBGPU_ARGS } from './lib/chromium.js';
import { checkoutOf } from './lib/checkout.ts';
import { runCommand } from './lib/cli.ts';
import { describeCosts, toCosts, type Costs } from './lib/costs-report.ts';
import { describeLaunches, toLaunches, type CountedLaunches } from './lib/launches-report.ts';
import { describeMemory, toMemory, type Memory } from './lib/memory-report.ts';
import { describePage, toPage, type OpenedPage } from './lib/pages-report.ts';
import { describePairs, toPairs, type Pairs } from './lib/pairs-report.ts';
import { describeScrub, toScrub, type Scrub } from './lib/scrub-report.ts';

/** Two engines have to give the same logits; anything else would compare two different things. */
const LARGEST_DIFFERENCE = 1e-4;

/** Beside onnxruntime-web, slow backends make fewer runs. */
const DEADLINE_MS = 60_000;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const path = (relative: string) => `${ROOT}${relative}`;

type Measure<T> = (backend: BenchOptions['backends'][number], threads: number) => Promise<T>;

/** Calls `measure` for each backend that was asked for, and prints what it found. */
async function eachBackend<T>(
	{ backends, threads }: BenchOptions,
	measure: Measure<T>,
	text: (found: T) => string
): Promise<T[]> {
	const all: T[] = [];
	for (const backend of backends) {
		const found = await measure(backend, backend === 'wasm' ? threads : 1);
		all.push(found);
		console.log(text(found));
	}
	return all;
}

async function besideOrt(browser: Browser, asked: BenchOptions): Promise<{ columns: Column[] }> {
	const built = path('.cache/bench');
	await buildPage(path('tests/bench/page'), built);
	const ort = path('node_modules/onnxruntime-web/dist');
	const { transformers } = asked;
	const third = transformers !== null && {
		'/transformers/': `${transformers}/node_modules/@huggingface/transformers/dist`,
		'/transformers-ort/': `${transformers}/node_modules/onnxruntime-web/dist`
	};
	const site = await serveFolders({ '/': built, '/ort/': ort, '/model/': asked.model, ...third });
	try {
		const limits = { runs: asked.runs, deadlineMs: DEADLINE_MS };
		const request = { model: `${site.url}model/`, transformers: transformers !== null, ...limits };
		const measure: Measure<Column> = async (backend, threads) =>
			toColumn(backend, await measureBesideOrt(browser, site.url, { ...request, backend, threads }));
		return { columns: await eachBackend(asked, measure, describe) };
	} finally {
		await site.close();
	}
}

/** Our engine by itself, or beside that of another checkout. */
async function withoutOrt(browser: Browser, asked: BenchOptions): Promise<{ pairs: Pairs[] } | { memory: Memory[] }> {
	const engines = await serveEngines(ROOT, path('.cache/bench-engines'), asked.model, asked.against);
	const memory: Measure<Memory> = async (backend, threads) =>
		toMemory(backend, await measureMemory(browser, engines, backend, threads, asked.runs, asked.size));
	const pairs: Measure<Pairs> = async (backend, threads) =>
		toPairs(backend, await timePairs(browser, engines, backend, threads, asked.runs));
	try {
		if (asked.memory) return { memory: await eachBackend(asked, memory, describeMemory) };
		return { pairs: await eachBackend(asked, pairs, describePairs) };
	} finally {
		await engines.close();
	}
}

/** This engine's edits, sweeps and gradients beside its own plain runs. */
async function besidePlain(browser: Browser, asked: BenchOptions): Promise<{ costs: Costs[] }> {
	const folders = { page: path('tests/bench/costs'), built: path('.cache/bench-costs'), model: asked.model };
	const measure: Measure<Costs> = async (backend, threads) =>
		toCosts(backend, await measureCosts(browser, folders, { backend, threads, turns: asked.runs }));
	return { costs: await eachBackend(asked, measure, describeCosts) };
}

/** What a run gives a GPU to do, here and in another checkout. */
async function ofLaunches(browser: Browser, asked: BenchOptions): Promise<{ launches: CountedLaunches[] }> {
	const { model, against } = asked;
	const folders = { root: ROOT, built: path('.cache/bench-launches'), model, against };
	const count: Measure<CountedLaunches> = async (backend) =>
		toLaunches(backend, await countLaunches(browser, folders, { backend }));
	return { launches: await eachBackend(asked, count, describeLaunches) };
}

/** How the built site opens and moves, whatever the engine gives. */
async function ofSite(
	launch: LaunchOptions,
	{ scrub, against, runs }: BenchOptions
): Promise<{ pages: OpenedPage[] } | { scrub: Scrub }> {
	const build = await builtHere(ROOT);
	if (scrub) return { scrub: await scrubbed(launch, build, runs) };
	const builds = { this: build, ...(against !== null && { other: await builtThere(against) }) };
	const { home, chapter } = await measurePages(builds, launch, runs);
	const pages = [toPage('home', home), toPage('chapter', chapter)];
	for (const page of pages) console.log(describePage(page));
	return { pages };
}

async function scrubbed(launch: LaunchOptions, build: string, turns: number): Promise<Scrub> {
	const browser = await chromium.launch(launch);
	try {
		const scrub = toScrub(await measureScrub(browser, build, turns));
		console.log(describeScrub(scrub));
		return scrub;
	} finally {
		await browser.close();
	}
}

/** What is measured of the engine, with the site if that was asked for, too. */
async function ofEngine(launch: LaunchOptions, asked: BenchOptions) {
	const browser = await chromium.launch(launch);
	let measured;
	try {
		measured = await measureOf(asked)(browser, asked);
	} finally {
		await browser.close();
	}
	const site = asked.site ? await measureSite(path('build'), launch) : null;
	if (site) console.log(describeSite(site));
	return { ...measured, site };
}

function measureOf({ costs, launches, memory, against }: BenchOptions) {
	if (costs) return besidePlain;
	if (launches) return ofLaunches;
	return memory || against !== null ? withoutOrt : besideOrt;
}

/** The largest difference between two engines' logits; 0 where there was one. */
function worstDifference(measured: Awaited<ReturnType<typeof ofSite | typeof ofEngine>>): number {
	if ('columns' in measured) return Math.max(0, ...measured.columns.map(({ difference }) => difference.logits));
	return 'pairs' in measured ? Math.max(0, ...measured.pairs.map(({ difference }) => difference)) : 0;
}

await runCommand(async () => {
	const typed = benchOptions(process.argv.slice(2), ROOT);
	const asked = { ...typed, against: typed.against === null ? null : await checkoutOf(ROOT, typed.against) };
	const { model, against, gpu } = asked;
	if (asked.site && !existsSync(path('build'))) {
		throw new PatchworkError('request', '--site measures the built site: run npm run build first.');
	}
	if (!(await ensureChromium())) throw new PatchworkError('request', 'The bench needs a Chromium.');
	const graphics = gpu ? ['--no-sandbox', '--enable-unsafe-webgpu'] : [...CHROMIUM_ARGS, ...WEBGPU_ARGS];
	// Without it, Chromium rounds the size of JavaScript's heap.
	const args = [...graphics, '--enable-precise-memory-info'];
	const launch = { executablePath: findChromium() ?? undefined, args };
	const cores = cpus().length;
	console.log(`${model}, ${cores} cores, ${gpu ? 'the GPU that is here' : 'WebGL and WebGPU in software'}`);
	if (against !== null) console.log(`this: ${ROOT}, other: ${typed.against}`);
	const measured = await (asked.pages || asked.scrub ? ofSite : ofEngine)(launch, asked);
	const worst = worstDifference(measured);
	console.log(JSON.stringify({ model, cores, gpu, against: typed.against, ...measured }));
	if (!(worst <= LARGEST_DIFFERENCE)) {
		throw new PatchworkError('backend', `The engines' logits differ by ${worst}, more than ${LARGEST_DIFFERENCE}.`);
	}
});
