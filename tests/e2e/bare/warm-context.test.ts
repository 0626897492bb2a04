import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures';
import { WarmContext } from '../warm-context';

/** Everything that the site can read of what was left in the browser, by whomever. */
function left(page: Page) {
	return page.evaluate(async () => {
		const names: string[] = [];
		for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
		const { state } = await navigator.permissions.query({ name: 'geolocation' });
		return {
			local: Object.keys(localStorage),
			session: Object.keys(sessionStorage),
			cookie: document.cookie,
			databases: await indexedDB.databases(),
			caches: await caches.keys(),
			files: names,
			workers: (await navigator.serviceWorker.getRegistrations()).length,
			permission: state,
			online: navigator.onLine,
			history: history.length,
			name: window.name
		};
	});
}

/** Leaves something at every place that there is for it, and holds on to it as a page that is at work does. */
function leave(page: Page): Promise<void> {
	return page.evaluate(async () => {
		for (const storage of [localStorage, sessionStorage]) storage.setItem('left', 'behind');
		document.cookie = 'left=behind; max-age=3600';
		window.name = 'left';
		history.pushState(null, '', '#left');
		await (await caches.open('left')).put('left', new Response('behind'));
		await new Promise((resolve) => (indexedDB.open('left').onsuccess = resolve));
		const work = `navigator.storage.getDirectory()
			.then((root) => root.getFileHandle('left', { create: true }))
			.then((file) => file.createSyncAccessHandle())
			.then((held) => (held.write(new Uint8Array(9)), postMessage('held')));`;
		const worker = new Worker(URL.createObjectURL(new Blob([work])));
		await new Promise((resolve) => (worker.onmessage = resolve));
	});
}

test('a test finds nothing of what the one before it left', async ({ browser, site }) => {
	const warm = new WarmContext(browser);
	const open = async () => {
		const page = await (await warm.lend({})).newPage();
		// A page that does nothing by itself.
		await page.goto(`${site}models.json`);
		await warm.leaveWaitingRoom();
		return page;
	};
	const first = await open();
	const before = await left(first);
	await leave(first);
	await first.context().grantPermissions(['geolocation']);
	expect(await left(first)).toMatchObject({
		...{ local: ['left'], session: ['left'], cookie: 'left=behind', databases: [{ name: 'left' }] },
		...{ caches: ['left'], files: ['left'], permission: 'granted', name: 'left' }
	});
	await first.context().setOffline(true);
	await warm.takeBack(site);
	expect(first.isClosed()).toBe(true);
	const second = await open();
	expect(second.context()).toBe(first.context());
	expect(second.context().pages()).toEqual([second]);
	expect(await left(second)).toEqual(before);
	await warm.close();
});

test('a context that was made with other options is not lent', async ({ browser }) => {
	const warm = new WarmContext(browser);
	const one = await warm.lend({ hasTouch: false });
	expect(await warm.lend({ hasTouch: false })).toBe(one);
	expect(await warm.lend({ hasTouch: true })).not.toBe(one);
	await warm.close();
});
