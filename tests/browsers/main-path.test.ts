import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { Model } from '../../src/lib/engine/model';
import { preprocess } from '../../src/lib/engine/preprocess';
import { outputNames, topClasses } from '../../src/lib/worker/top-classes';
import { readCheckpoint } from '../../scripts/lib/checkpoint';
import { decodeFile } from '../../scripts/lib/decode';
import { CHAPTERS } from '../e2e/lesson-page';
import { quarters } from '../e2e/pictures';
import { openFirefox } from './firefox';
import { until, type BrowserWindow } from './window';
import { openWebKit } from './webkit';

/** What a reader does first, in browsers that are not Chromium. Which of them can run is the machine's business. */
const BROWSERS = [
	{ program: 'firefox-esr', beside: [], open: openFirefox },
	{ program: 'WebKitWebDriver', beside: ['Xvfb'], open: openWebKit }
];

const pathOf = (program: string) =>
	(process.env['PATH'] ?? '')
		.split(delimiter)
		.map((folder) => join(folder, program))
		.find((path) => existsSync(path));

/** The five likeliest classes of a picture by our engine in Node, which PyTorch's results are compared with elsewhere. */
async function expectedOf(picture: Buffer) {
	await useNodeBackend('wasm');
	const { files, labels } = await readCheckpoint('static/models/patchwork-t');
	const model = Model.load(files);
	const folder = await mkdtemp(join(tmpdir(), 'quarters-'));
	try {
		const path = join(folder, 'quarters.png');
		await writeFile(path, picture);
		const { pixelValues } = preprocess(await decodeFile(path), model.config.preprocess, null);
		const trace = await model.run(pixelValues, { taps: (name) => name === 'probabilities' });
		const { data } = await trace.read('probabilities');
		trace.dispose();
		const { config } = model;
		return topClasses(data, config.scores, outputNames(labels, config));
	} finally {
		model.dispose();
		await rm(folder, { recursive: true });
	}
}

/** What is asked of the inspector, in the page. */
const inspector = {
	/** Whether a photo with this in its description is shown, and no work is under way. */
	shows: (words: string) => {
		const label = document.querySelector('[role="slider"][aria-label^="Query token on the photo"]')?.ariaLabel ?? '';
		return label.includes(words) && !label.includes('no photo yet') && !document.querySelector('[role="progressbar"]');
	},
	/** Its classes, line by line: `golf ball` and `99.9 %`. */
	lines: () => {
		const heading = [...document.querySelectorAll('h2, h3')].find((node) =>
			node.textContent?.includes('What the model thinks it is')
		);
		return [...(heading?.closest('section')?.querySelectorAll('li') ?? [])].map((node) => node.innerText);
	},
	/** The picture that lies on the photo, as it is drawn. */
	drawn: () =>
		[...document.querySelectorAll<HTMLCanvasElement>('[aria-label^="Query token on the photo"] canvas')]
			.map((canvas) => canvas.toDataURL())
			.join(),
	give: async (name: string, base64: string) => {
		const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
		const files = new DataTransfer();
		files.items.add(new File([bytes], name, { type: 'image/png' }));
		const input = document.querySelector<HTMLInputElement>('input[type="file"]');
		if (!input) throw new Error('There is no place to give a photo.');
		input.files = files.files;
		input.dispatchEvent(new Event('change', { bubbles: true }));
	},
	choose: (label: string, value: string) => {
		const select = [...document.querySelectorAll('label')].find((node) => node.textContent?.trim() === label)?.control;
		if (!(select instanceof HTMLSelectElement)) throw new Error(`There is no select named ${label}.`);
		select.value = value;
		select.dispatchEvent(new Event('change', { bubbles: true }));
	},
	alerts: () => [...document.querySelectorAll<HTMLElement>('[role="alert"]')].map((node) => node.innerText)
};

/** Whether the lesson's figure is of a run of this very page, and not of the recorded one. */
const isLive = () =>
	document.querySelector('aside .figure > figure')?.getAttribute('aria-busy') === 'false' &&
	!document.querySelector('aside .figure .recorded');

const press = (key: string) => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

describe.each(BROWSERS)('in $program', ({ program, beside, open }) => {
	const path = beside.every(pathOf) ? pathOf(program) : undefined;
	const site = inject('site');
	let window: BrowserWindow;

	beforeAll(async () => {
		if (path) window = await open(path);
	});
	afterAll(() => window?.close());

	it.skipIf(!path)('the first page names its example, live', async () => {
		await window.open(site);
		await until(window, 'the first answer', () => /golf ball\s+\d/.test(document.body.innerText));
		expect(await window.ask(inspector.alerts)).toEqual([]);
	});

	it.skipIf(!path)(
		'the inspector takes a photo, names what the engine names, and draws where each block looks',
		async () => {
			const picture = await quarters().png().toBuffer();
			await window.open(`${site}inspect/?backend=wasm`);
			await until(window, 'the example', inspector.shows, 'golf ball');
			await window.ask(inspector.give, 'four-quarters.png', picture.toString('base64'));
			await until(window, 'the photo that was given', inspector.shows, 'four-quarters');
			const lines = await window.ask(inspector.lines);
			for (const [i, { label, score }] of (await expectedOf(picture)).entries()) {
				expect(lines[i]).toContain(label);
				expect(Math.abs(Number(/([\d.]+) %/.exec(lines[i] ?? '')?.[1]) / 100 - score)).toBeLessThan(6e-4);
			}
			const before = await window.ask(inspector.drawn);
			await window.ask(inspector.choose, 'Block', '2');
			await until(
				window,
				'another map',
				(before) => {
					const canvases = document.querySelectorAll<HTMLCanvasElement>(
						'[aria-label^="Query token on the photo"] canvas'
					);
					return [...canvases].map((canvas) => canvas.toDataURL()).join() !== before;
				},
				before
			);
			expect(await window.ask(inspector.alerts)).toEqual([]);
		}
	);

	it.skipIf(!path)('a photo that is to be remembered is there after a reload', async () => {
		await window.open(`${site}inspect/?backend=wasm`);
		await until(window, 'the example', inspector.shows, 'golf ball');
		await window.ask(inspector.give, 'mine.png', (await quarters(300, 300).png().toBuffer()).toString('base64'));
		await until(window, 'the photo that was given', inspector.shows, 'mine');
		await window.ask(() =>
			[...document.querySelectorAll('label')].find((node) => node.innerText.includes('Remember'))?.click()
		);
		await until(window, 'the keeping of it', async () => (await indexedDB.databases()).length > 0);
		await window.open(`${site}inspect/?backend=wasm`);
		await until(window, 'the photo that was kept', inspector.shows, 'Your last photo');
		expect(await window.ask(inspector.alerts)).toEqual([]);
	});

	it.skipIf(!path)('a small ViT and a small CNN learn a step', async () => {
		const steps = (wanted: string) => document.querySelector('.grow')?.getAttribute('data-steps') === wanted;
		await window.open(`${site}train/?part=grow`);
		await until(window, 'two networks that have learned nothing', steps, '0');
		await until(window, 'the step', async () => {
			const button = [...document.querySelectorAll('button')].find((node) => node.innerText === 'One step');
			if (document.querySelector('.grow')?.getAttribute('data-steps') === '0') button?.click();
			await new Promise((resolve) => setTimeout(resolve, 2000));
			return Number(document.querySelector('.grow')?.getAttribute('data-steps')) > 0;
		});
		expect(await window.ask(inspector.alerts)).toEqual([]);
	});

	it.skipIf(!path).each(CHAPTERS)(
		'the chapter %s draws its figures of a run of its own, step by step',
		async (slug) => {
			await window.open(`${site}learn/${slug}/?backend=wasm`);
			await until(window, 'the first figure', isLive);
			const steps = await window.ask(() => [...document.querySelectorAll('section[data-part]')].map(({ id }) => id));
			for (const step of steps.slice(1)) {
				await window.ask(press, 'ArrowRight');
				await until(
					window,
					`the step ${step}`,
					(step) => document.querySelector('[data-part].active')?.id === step,
					step
				);
				await until(window, `the figure of ${step}`, isLive);
				expect(await window.ask(inspector.alerts), step).toEqual([]);
			}
		}
	);
});
