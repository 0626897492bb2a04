import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { backendLine, loseThreads } from '../backend-loss';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import { siteIsKept } from '../kept';

test.use({ cores: null });

const TAPS = ['logits', 'blocks.0.attn.pattern', 'blocks.3.mlp.out'];

test('two threads run where the page is isolated, and give the very same numbers as one', async ({
	inspect,
	engine
}) => {
	await inspect.open({ threads: '1' });
	await expect(backendLine(inspect)).toContainText('Runs on wasm, 1 thread');
	const alone = await engine.read(TAPS);
	await inspect.open({ threads: '2' });
	await expect(backendLine(inspect)).toContainText('Runs on wasm, 2 threads');
	expect(new URL(inspect.page.url()).searchParams.get('threads')).toBe('2');
	expect(await engine.read(TAPS)).toEqual(alone);
});

test('threads that stop leave the engine on one, with the photo and its result', async ({ inspect, engine }) => {
	await inspect.open({ threads: '2' });
	await expect(backendLine(inspect)).toContainText('2 threads');
	await loseThreads(inspect, engine, 2);
});

test.describe('on a host that sends no headers', () => {
	test.use({ serviceWorkers: 'allow', fresh: true, tolerated: FAILED_REQUESTS });
	let server: Server;
	let site: string;

	test.beforeEach(async () => {
		server = createServer(sirv('build'));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	});
	test.afterEach(() => {
		server.closeAllConnections();
		server.close();
	});

	test('the first visit is on one thread, and a page that is loaded after it has several', async ({
		inspect,
		page
	}) => {
		const isolated = () => page.evaluate(() => crossOriginIsolated);
		const loaded = () => page.evaluate(() => performance.timeOrigin);
		const open = async () => {
			await page.goto(`${site}inspect/?backend=wasm&threads=2`);
			await inspect.shows(/./);
		};
		await open();
		const first = await loaded();
		expect(await isolated()).toBe(false);
		await expect(backendLine(inspect)).toContainText('Runs on wasm, 1 thread');
		await siteIsKept(page, '../models/patchwork-t/model.safetensors');
		await inspect.sample('Balloons over the hills').click();
		await inspect.shows('A hot-air balloon');
		expect(await isolated()).toBe(false);
		// Nobody's page is loaded anew for it.
		expect(await loaded()).toBe(first);

		await open();
		expect(await isolated()).toBe(true);
		await expect(backendLine(inspect)).toContainText('Runs on wasm, 2 threads');
		expect(await inspect.guesses()).toHaveLength(5);

		// Who has the pages forgotten has no page whose next workers are refused, and the site is kept anew with the next
		// models that are used. That with which this page opens may have come before it is forgotten, or after.
		await page.goto(`${site}models/?backend=wasm&threads=2`);
		expect(await isolated()).toBe(true);
		const kept = page.getByRole('region', { name: 'All that this browser keeps' });
		await kept.getByRole('button', { name: 'Forget These pages' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click();
		await expect(kept.locator('[data-kept="site"]')).toHaveText('nothing');
		await page.getByRole('navigation').getByRole('link', { name: 'Inspect', exact: true }).first().click();
		await inspect.shows(/./);
		await expect(backendLine(inspect)).toContainText('Runs on wasm');
		const menu = page.getByLabel('Model', { exact: true });
		for (const id of ['patchwork-c', 'patchwork-t']) {
			await menu.selectOption(id);
			await siteIsKept(page, `../models/${id}/model.safetensors`);
		}
		await siteIsKept(page, '../learn/');
	});
});
