import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import { siteHandler } from '../../../scripts/lib/serve.js';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import { ExperimentPage } from '../experiment-page';
import type { InspectPage } from '../inspect-page';
import { siteIsKept } from '../kept';
import { bringMadeUp, chooseMadeUp, MADE_UP } from '../made-up';
import { nextBuild } from '../next-build';
import { plain, quarters, upload } from '../pictures';

/** What happens around a page while it is open: its photo and all that is shown stay, and it goes on. */
test.use({ fresh: true, tolerated: FAILED_REQUESTS });

async function goesOn(inspect: InspectPage): Promise<void> {
	await inspect.drop(await upload('next', plain('blue')));
	await inspect.shows('Your photo, next.png');
	await expect(inspect.alert).toHaveCount(0);
}

test('a tab that is hidden for an hour is as it was, and a run that was under way is there', async ({
	inspect,
	engine,
	page
}) => {
	await page.clock.install();
	await inspect.open();
	const hide = (state: 'hidden' | 'visible') =>
		page.evaluate((state) => {
			Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
			Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
			document.dispatchEvent(new Event('visibilitychange'));
		}, state);
	await inspect.drop(await upload('mine', quarters()));
	await hide('hidden');
	await page.clock.fastForward('01:00:00');
	await hide('visible');
	await inspect.shows('Your photo, mine.png');
	const [result, held] = [await inspect.result(), await engine.held()];
	await hide('hidden');
	await page.clock.fastForward('01:00:00');
	await hide('visible');
	expect(await inspect.result()).toEqual(result);
	expect(await engine.held()).toEqual(held);
	await goesOn(inspect);
});

test.describe('a model that is kept', () => {
	test.use({ cores: null });

	async function deleteIt(other: Page): Promise<void> {
		await other.goto('models/');
		await other.getByRole('button', { name: `Delete ${MADE_UP}` }).click();
		await other.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
		await expect(other.getByText('Nothing yet.')).toBeVisible();
	}
	const evict = async (other: Page) => {
		await other.goto('about/');
		const devtools = await other.context().newCDPSession(other);
		const { origin } = new URL(other.url());
		await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
	};
	const GONE = `${MADE_UP} is no longer in this browser: drop its files here again.`;
	const REPLACED = 'Another tab has put other files in the place of this model’s: drop its files here again.';

	/** All that is drawn, but what it took: a model without names for its classes has no predictions. */
	const seen = async ({ photo }: InspectPage) => ({
		photo: await photo.getAttribute('aria-label'),
		map: await photo.getAttribute('aria-valuetext'),
		picture: await photo
			.locator('canvas')
			.first()
			.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
	});

	for (const [how, change, sentence] of [
		['is deleted by another tab', deleteIt, GONE],
		['goes with all that the browser evicts', evict, GONE],
		[
			'gives its name to another, in another tab,',
			async (other: Page) => {
				await deleteIt(other);
				await bringMadeUp(other, 'distillation');
			},
			REPLACED
		]
	] as const)
		for (const loses of ['threads', 'worker'] as const)
			test(`${how} stays in use, and once it is needed without its ${loses}, one sentence says why not`, async ({
				inspect,
				engine,
				page,
				context
			}) => {
				await bringMadeUp(page, 'registers');
				await page.goto(`inspect/?threads=2&model=local/${MADE_UP}`);
				await inspect.shows(/./);
				await inspect.drop(await upload('mine', quarters()));
				await inspect.shows('Your photo, mine.png');
				const result = await seen(inspect);
				const other = await context.newPage();
				await change(other);
				await other.close();
				expect(await seen(inspect)).toEqual(result);
				await goesOn(inspect);

				const next = await seen(inspect);
				await (loses === 'threads' ? engine.loseGpu() : engine.end());
				await inspect.drop(await upload('late', quarters()));
				await expect(inspect.sentence).toHaveText(sentence);
				await inspect.settles();
				expect(await seen(inspect)).toEqual(next);
				await page.getByLabel('Model', { exact: true }).selectOption('Patchwork-T');
				await expect(inspect.predictions).toContainText('Patchwork-T', { timeout: 45_000 });
				await inspect.shows('Your photo, next.png');
			});

	test('finds no room on a full disk, and is used all the same', async ({ inspect, page, engine }) => {
		await inspect.open();
		await inspect.drop(await upload('mine', quarters()));
		await inspect.shows('Your photo, mine.png');
		const devtools = await page.context().newCDPSession(page);
		await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1000 });
		await page.getByRole('navigation').getByRole('link', { name: 'Models', exact: true }).first().click();
		await chooseMadeUp(page, 'registers');
		await expect(page.getByText(/^There is no room left in this browser to keep the model/)).toBeVisible();
		await page.getByRole('navigation').getByRole('link', { name: 'Inspect', exact: true }).first().click();
		await inspect.shows('Your photo, mine.png');
		const { picture } = await seen(inspect);
		await engine.end();
		await inspect.drop(await upload('again', quarters()));
		await inspect.shows('Your photo, again.png');
		expect((await seen(inspect)).picture).toBe(picture);
	});
});

test.describe('an engine that breaks down', () => {
	const notice = (inspect: InspectPage) =>
		inspect.page.getByText('The engine broke down, perhaps for lack of memory, and was started again.');

	test('in the middle of a run, and between two, is another one with all that it had', async ({ inspect, engine }) => {
		await inspect.open();
		await inspect.drop(await upload('mine', quarters()));
		await inspect.shows('Your photo, mine.png');
		await inspect.chooseBlock(3);
		await inspect.radio('Head', '2').click();
		await inspect.settles();
		const [guesses, held] = [await inspect.guesses(), await engine.held()];

		await engine.breakOver('run');
		await inspect.drop(await upload('again', quarters()));
		await inspect.shows('Your photo, again.png');
		await expect(notice(inspect)).toBeVisible();
		expect(await inspect.guesses()).toEqual(guesses);
		expect((await engine.held()).tensors).toBe(held.tensors);
		await expect(inspect.page.getByLabel('Block', { exact: true })).toHaveValue('2');
		await expect(inspect.radio('Head', '2')).toBeChecked();

		await inspect.click(5, 6);
		await inspect.page.mouse.move(0, 0);
		await expect(inspect.photo).toHaveAttribute('aria-valuetext', /^Row 5, column 6/);
		const after = await inspect.result();
		await engine.end();
		// Another block is read of the run that is shown: it was made in the worker that is gone.
		await inspect.chooseBlock(4);
		await expect.poll(() => inspect.result()).not.toEqual(after);
		await inspect.chooseBlock(3);
		await expect.poll(() => inspect.result()).toEqual(after);
		await goesOn(inspect);
	});

	test('under an edited run leaves the edits and both results', async ({ page, inspect, engine }) => {
		await inspect.open();
		await inspect.drop(await upload('mine', quarters()));
		await inspect.shows('Your photo, mine.png');
		const result = await inspect.result();
		await page.getByRole('navigation').getByRole('link', { name: 'Experiment', exact: true }).first().click();
		const experiment = new ExperimentPage(page);
		await experiment.ready();
		await page.getByLabel('What to change').selectOption('Pass a block by');
		await engine.breakOver('run');
		await experiment.button('Change it').click();
		await expect(experiment.edits).toHaveCount(1);
		await experiment.settles();
		const changed = await experiment.first();
		await engine.end();
		await experiment.button(/^Take back/).click();
		await expect(experiment.edits).toHaveCount(0);
		await experiment.button('Change it').click();
		await expect(experiment.edits).toHaveCount(1);
		await experiment.settles();
		expect(await experiment.first()).toEqual(changed);
		await page.getByRole('navigation').getByRole('link', { name: 'Inspect', exact: true }).first().click();
		await expect.poll(() => inspect.result()).toEqual(result);
	});

	test('over everything that it is asked is given up in one sentence, and what is shown stays', async ({
		page,
		inspect,
		engine
	}) => {
		await inspect.open();
		await inspect.drop(await upload('mine', quarters()));
		await inspect.shows('Your photo, mine.png');
		const result = await inspect.result();
		await engine.breakOver('run');
		await page.evaluate(() => {
			window.addEventListener('engine-asked', ({ detail }: CustomEventInit<string>) => {
				if (detail === 'start') window.engineSpy.breakOver('run');
			});
		});
		await inspect.drop(await upload('late', plain('red')));
		await expect(inspect.sentence).toHaveText(/^The engine broke down 3 times in a row over this/);
		await inspect.settles();
		expect(await inspect.result()).toEqual(result);
	});
});

test.describe('a new build', () => {
	test.use({ serviceWorkers: 'allow' });

	test('is put in the place of the old one under an open page, which goes on with the code that it has', async ({
		inspect,
		engine,
		page
	}) => {
		let isNew = false;
		const next = nextBuild('build');
		const [old, renewed] = [siteHandler('build'), siteHandler(next)];
		const server = createServer((request, response) => (isNew ? renewed : old)(request, response));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/inspect/?backend=wasm`);
			await inspect.shows(/./);
			await siteIsKept(page, '../models/patchwork-t/model.safetensors');
			await inspect.drop(await upload('mine', quarters()));
			await inspect.shows('Your photo, mine.png');
			const [result, loaded] = [await inspect.result(), await page.evaluate(() => performance.timeOrigin)];
			isNew = true;
			// The new build is here, as its own worker keeps it, and waits until no page of the old one is open.
			const kept = await page.evaluate(async () => {
				const registration = await navigator.serviceWorker.ready;
				await registration.update();
				const { installing } = registration;
				await new Promise<void>((resolve) => {
					const look = () => (installing?.state === 'installing' ? undefined : resolve());
					installing?.addEventListener('statechange', look);
					look();
				});
				const builds = (await caches.keys()).filter((name) => name.startsWith('patchwork-site'));
				return { state: registration.waiting?.state, builds: builds.length };
			});
			expect(kept).toEqual({ state: 'installed', builds: 2 });
			const gone = await page.evaluate(async () => {
				const [code] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/immutable/'));
				return (await fetch(`${code?.name}?past-the-worker`, { cache: 'no-store', headers: { Range: 'bytes=0-9' } }))
					.status;
			});
			expect(gone).toBe(404);
			await page.getByRole('navigation').getByRole('link', { name: 'Train', exact: true }).first().click();
			await expect(page).toHaveURL(/\/train\//);
			await page.getByRole('heading', { level: 1 }).waitFor();
			await page.getByRole('navigation').getByRole('link', { name: 'Inspect', exact: true }).first().click();
			await inspect.shows('Your photo, mine.png');
			expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
			expect(await inspect.result()).toEqual(result);
			// Its code, too, is what the page began with.
			await engine.end();
			await goesOn(inspect);
		} finally {
			server.closeAllConnections();
			server.close();
			rmSync(next, { recursive: true });
		}
	});
});
