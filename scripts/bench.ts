/** Lays this engine beside onnxruntime-web: same weights, same outputs, one page, in turn. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright';
import { BACKENDS, type BackendName } from '../src/lib/engine/backends/names.ts';
import { PatchworkError } from '../src/lib/errors.ts';
import { describe, toColumn, type Column } from './lib/bench-report.ts';
import { describeSite, measureSite } from '../tests/bench/site.ts';
import { buildPage, serveFolders, type LocalSite } from '../tests/gpu/site.ts';
import { CHROMIUM_ARGS, ensureChromium, findChromium, WEBGPU_ARGS } from './lib/chromium.js';
import { runCommand } from './lib/cli.ts';

const USAGE = 'npm run bench -- [--backends wasm,webgl,webgpu] [--runs N] [--threads N] [--model DIR] [--gpu] [--site]';

/** The model that is measured unless `--model` says otherwise: the best that is here. */
const MODELS = ['static/models/vit-tiny', '../shared/models/vit-tiny', 'static/models/patchwork-t'];

/** Both engines have to give the same logits; anything else would compare two different things. */
const LARGEST_DIFFERENCE = 1e-4;

/** Slow backends make fewer runs. */
const DEADLINE_MS = 60_000;

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

function options() {
	const { values } = parseArgs({
		options: {
			backends: { type: 'string', default: 'wasm,webgl,webgpu' },
			runs: { type: 'string', default: '15' },
			threads: { type: 'string', default: '1' },
			model: { type: 'string', default: MODELS.find((folder) => existsSync(path(`${folder}/model.safetensors`))) },
			// Without it, WebGL and WebGPU run in software, as they do in the tests.
			gpu: { type: 'boolean', default: false },
			// Also measures the built site: the time to its first result, and its answer to the pointer.
			site: { type: 'boolean', default: false }
		}
	});
	const backends = values.backends.split(',').filter(Boolean);
	const runs = Number(values.runs);
	const threads = Number(values.threads);
	if (!backends.every(isBackend)) throw usage(`--backends takes ${BACKENDS.join(', ')}.`);
	if (!Number.isInteger(runs) || runs < 1) throw usage('--runs takes a number of 1 or more.');
	if (!Number.isInteger(threads) || threads < 1) throw usage('--threads takes a number of 1 or more.');
	if (!values.model) throw usage('There is no model to measure.');
	return { backends, runs, threads, model: values.model, gpu: values.gpu, site: values.site };
}

function isBackend(name: string): name is BackendName {
	return (BACKENDS as readonly string[]).includes(name);
}

function usage(sentence: string): PatchworkError {
	return new PatchworkError('request', `${sentence} Usage: ${USAGE}`);
}

/** A page of its own for every backend, because each engine keeps what it once started. */
async function measure(
	browser: Browser,
	site: LocalSite,
	backend: BackendName,
	runs: number,
	threads: number
): Promise<Column> {
	const page = await browser.newPage();
	try {
		await page.goto(site.url);
		await page.waitForFunction(() => 'bench' in window);
		const request = { model: `${site.url}model/`, backend, threads, runs, deadlineMs: DEADLINE_MS };
		return toColumn(backend, await page.evaluate((asked) => window.bench(asked), request));
	} finally {
		await page.close();
	}
}

await runCommand(async () => {
	const { backends, runs, threads, model, gpu, site: wantsSite } = options();
	if (!(await ensureChromium())) throw new PatchworkError('request', 'The bench needs a Chromium.');
	if (wantsSite && !existsSync(path('build'))) throw usage('--site measures the built site: run npm run build first.');
	const page = path('.cache/bench');
	await buildPage(path('tests/bench/page'), page);
	const site = await serveFolders({
		'/': page,
		'/ort/': path('node_modules/onnxruntime-web/dist'),
		'/model/': path(model)
	});
	const args = gpu ? ['--no-sandbox', '--enable-unsafe-webgpu'] : [...CHROMIUM_ARGS, ...WEBGPU_ARGS];
	const launch = { executablePath: findChromium() ?? undefined, args };
	const browser = await chromium.launch(launch);
	const columns: Column[] = [];
	try {
		console.log(`${model}, ${cpus().length} cores, ${gpu ? 'the GPU that is here' : 'WebGL and WebGPU in software'}`);
		for (const backend of backends) {
			const column = await measure(browser, site, backend, runs, backend === 'wasm' ? threads : 1);
			columns.push(column);
			console.log(describe(column));
		}
	} finally {
		await browser.close();
		await site.close();
	}
	const opened = wantsSite ? await measureSite(path('build'), launch) : null;
	if (opened) console.log(describeSite(opened));
	const worst = Math.max(0, ...columns.map(({ difference }) => difference.logits));
	console.log(JSON.stringify({ model, cores: cpus().length, gpu, columns, site: opened }));
	if (!(worst <= LARGEST_DIFFERENCE)) {
		throw new PatchworkError('backend', `The engines' logits differ by ${worst}, more than ${LARGEST_DIFFERENCE}.`);
	}
});
