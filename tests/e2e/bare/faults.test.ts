import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { siteHandler } from '../../../scripts/lib/serve.js';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import type { InspectPage } from '../inspect-page';
import { siteIsKept } from '../kept';
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

test.describe('a new build', () => {
	test.use({ serviceWorkers: 'allow' });

	test('is put in the place of the old one under an open page, which goes on with the code that it has', async ({
		inspect,
		page
	}) => {
		let isNew = false;
		const old = siteHandler('build');
		const renewed: RequestListener = (request, response) => {
			const path = (request.url ?? '').split('?')[0];
			if (path === '/service-worker.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(NEW_WORKER);
			// None of the old build's code is on the host any more.
			else if (path?.startsWith('/_app/immutable/')) response.writeHead(404).end();
			else old(request, response);
		};
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
			const waits = await page.evaluate(async () => {
				const registration = await navigator.serviceWorker.ready;
				await registration.update();
				return registration.installing !== null || registration.waiting !== null;
			});
			expect(waits).toBe(true);
			await page.getByRole('navigation').getByRole('link', { name: 'Train', exact: true }).first().click();
			await expect(page).toHaveURL(/\/train\//);
			await page.getByRole('heading', { level: 1 }).waitFor();
			await page.getByRole('navigation').getByRole('link', { name: 'Inspect', exact: true }).first().click();
			await inspect.shows('Your photo, mine.png');
			expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
			expect(await inspect.result()).toEqual(result);
			await goesOn(inspect);
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});
});

/** A worker of another build, as far as the browser can tell: it takes the place of the old one once no page is open. */
const NEW_WORKER = `self.addEventListener('install', () => undefined); self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));`;
