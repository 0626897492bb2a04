import type { Browser, BrowserContext, Page } from 'playwright/test';

/** A page of the site without scripts, which a browser that needs no new process for the next one stays on meanwhile. */
const WAITING_ROOM = 'models.json';

/**
 * A browser context that the tests of a worker use one after the other. What the browser has compiled of the site stays
 * compiled, which halves what a test costs; whatever a page can keep, and whatever a person can allow it, is taken away
 * in between, and every test gets pages of its own. What a test sets on the context itself (routes, scripts, listeners)
 * would stay, so that such a test asks for a fresh one, as does one of first visits, of storage, or of no network.
 */
export class WarmContext {
	readonly #browser: Browser;
	#context: BrowserContext | null = null;
	#options = '';
	#waiting: Page | null = null;

	constructor(browser: Browser) {
		this.#browser = browser;
	}

	/** @param options what the test asks of its context: one that was made with others is of no use to it */
	async lend(options: object): Promise<BrowserContext> {
		const wanted = JSON.stringify(options);
		if (wanted !== this.#options) await this.close();
		this.#options = wanted;
		this.#context ??= await this.#browser.newContext();
		return this.#context;
	}

	/** Call once the test's own page keeps the site's process alive, so that a test sees its own pages only. */
	async leaveWaitingRoom(): Promise<void> {
		await this.#waiting?.close();
		this.#waiting = null;
	}

	/** Ends the test's pages, and clears what they have left on the site. */
	async takeBack(site: string): Promise<void> {
		const context = this.#context;
		if (!context) return;
		const waiting = this.#waiting ?? (await context.newPage());
		this.#waiting = waiting;
		await Promise.all([context.clearCookies(), context.clearPermissions(), context.setOffline(false)]);
		await waiting.goto(new URL(WAITING_ROOM, site).href);
		const used = context.pages().filter((page) => page !== waiting);
		await Promise.all(used.map((page) => page.close()));
		const session = await context.newCDPSession(waiting);
		const { origin } = new URL(site);
		await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
		await session.detach();
	}

	/** Ends the context; the next test gets another. */
	async close(): Promise<void> {
		await this.#context?.close();
		this.#context = this.#waiting = null;
	}
}
