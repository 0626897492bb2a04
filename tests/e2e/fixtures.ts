import { test as base, expect, type Page } from 'playwright/test';
import { modelEntry } from '../../src/lib/models/registry';
import { startHub, type LocalHub } from '../hub/server';
import { EngineWire } from './engine';
import { InspectPage } from './inspect-page';
import { quarters } from './pictures';
import { startPictureServer, type PictureServer } from './picture-server';
import { hasVitTiny, VIT_TINY } from './shared';
import { WarmContext } from './warm-context';

export { expect } from 'playwright/test';
export { hasPhotos, hasVitTiny, SHARED, VIT_TINY } from './shared';

interface WorkerFixtures {
	warm: WarmContext;
}

interface Fixtures {
	/** Whether the test gets a browser context that no other has used: for first visits, storage, and no network. */
	fresh: boolean;
	/**
	 * How many cores the page is told of; null for those that there are. With one, and without a GPU, there is nothing to
	 * measure a backend against, which would take longer than most of what is tested: for tests of that.
	 */
	cores: number | null;
	/** What a browser writes on the console by itself when a request fails: for tests that make one fail. */
	tolerated: RegExp | null;
	/** What the page and its workers complained about: errors on the console, exceptions nobody caught. */
	problems: string[];
	/** A local hub with the files that the real repository has; the page under test is told to use it. */
	hub: LocalHub;
	/** Another site, with pictures. */
	pictures: PictureServer;
	/** The wire to the engine's worker. */
	engine: EngineWire;
	inspect: InspectPage;
	/** Address of the site under test. The full one is skipped where there is no ViT-Tiny to make it full. */
	site: string;
}

/** What Chromium writes when a request fails, whatever the page makes of it. */
export const FAILED_REQUESTS = /Failed to load resource|blocked by CORS policy|net::ERR_/;

/** Call first in a test that needs reference material from beside the project: it is reported as skipped without. */
export function needsShared(present: boolean = hasVitTiny): void {
	base.info().skip(!present, 'needs reference material that is not part of the project');
}

/**
 * Makes every opening of a page wait until the page listens: what is typed or clicked before goes unheard. SvelteKit
 * adds its announcer once all of a page's components are mounted.
 */
function waitForHydration(page: Page, opened: () => Promise<void>): void {
	const goto = page.goto.bind(page);
	const reload = page.reload.bind(page);
	const hydrated = () => page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	page.goto = async (...target) => {
		const response = await goto(...target);
		// Nothing was loaded where there is no response: an empty page, or another place on the same one.
		if (response) await hydrated();
		await opened();
		return response;
	};
	page.reload = async (...options) => {
		const response = await reload(...options);
		await hydrated();
		return response;
	};
}

export const test = base.extend<Fixtures, WorkerFixtures>({
	fresh: [false, { option: true }],
	cores: [1, { option: true }],
	warm: [
		async ({ browser }, use) => {
			const warm = new WarmContext(browser);
			await use(warm);
			await warm.close();
		},
		{ scope: 'worker' }
	],
	context: async ({ browser, warm, fresh, site, hasTouch, serviceWorkers, viewport }, use, info) => {
		const context = fresh ? await browser.newContext() : await warm.lend({ site, hasTouch, serviceWorkers, viewport });
		await use(context);
		if (fresh) await context.close();
		// What went wrong there, and may go on, is no concern of the next test.
		else if (info.errors.length > 0) await warm.close();
		else await warm.takeBack(site);
	},
	page: async ({ page, warm, cores }, use) => {
		if (cores !== null)
			await page.addInitScript(
				(count) => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => count }),
				cores
			);
		waitForHydration(page, () => warm.leaveWaitingRoom());
		await use(page);
	},
	tolerated: [null, { option: true }],
	problems: [
		async ({ page, tolerated }, use) => {
			const problems: string[] = [];
			const note = (problem: string) => tolerated?.test(problem) || problems.push(problem);
			page.on('console', (message) => message.type() === 'error' && note(message.text()));
			page.on('pageerror', (error) => note(String(error)));
			await use(problems);
			expect(problems, 'errors on the console, and exceptions that nobody caught').toEqual([]);
		},
		{ auto: true }
	],
	hub: async ({ page }, use) => {
		needsShared();
		const hub = await startHub({ [modelEntry('vit-tiny').repo ?? '']: VIT_TINY }, { hidden: ['labels.json'] });
		await page.addInitScript((endpoint) => localStorage.setItem('patchwork.hub', endpoint), hub.endpoint);
		await use(hub);
		await hub.close();
	},
	pictures: async ({ site }, use) => {
		const server = await startPictureServer(await quarters().png().toBuffer(), new URL(site).origin);
		await use(server);
		server.close();
	},
	engine: async ({ page }, use) => use(await EngineWire.tap(page)),
	inspect: async ({ page }, use) => use(new InspectPage(page)),
	site: [
		async ({ baseURL }, use, info) => {
			if (info.project.name === 'full') needsShared();
			await use(baseURL ?? '');
		},
		{ auto: true }
	]
});
