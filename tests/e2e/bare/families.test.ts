import type { Page } from 'playwright/test';
import { makeRepos } from '../../hub/repos';
import { startHub, type LocalHub } from '../../hub/server';
import { isTooWide, scan } from '../axe';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import { inUse } from '../made-up';

/*
 * DINOv3, a whole CLIP and SigLIP, as the hub would hand them out: made-up ones of a few thousand numbers each, from a
 * stand-in for it.
 */
test.use({ tolerated: FAILED_REQUESTS });

const repos = makeRepos();
let hub: LocalHub;

test.beforeAll(async () => {
	hub = await startHub(repos.folders, { traits: { 'made-up/gated': { gated: true } } });
});
test.afterAll(async () => {
	await hub.close();
	repos.remove();
});

async function lookUp(page: Page, repo: string): Promise<void> {
	await page.addInitScript((endpoint) => localStorage.setItem('patchwork.hub', endpoint), hub.endpoint);
	await page.goto('models/?backend=wasm');
	await page.getByLabel('Name or address of the repository').fill(repo);
	await page.getByRole('button', { name: 'Look it up' }).click();
}

/** Looks a repository up, fetches it, and goes to the inspector with it. @param says something of it before it is fetched */
async function bring(page: Page, repo: string, says: string): Promise<void> {
	await lookUp(page, repo);
	const found = page.getByRole('article', { name: repo });
	await expect(found).toContainText(says);
	await found.getByRole('button', { name: /^Fetch .* and use it$/ }).click();
	await inUse(page).click({ timeout: 45_000 });
}

/** With a model in use that is kept in this browser, for another page's address. */
const withModel = (repo: string) => `?backend=wasm&model=${repo}`;

for (const width of [360, 1280]) {
	test(`a DINOv3 looks from its patches and names what it does otherwise, ${width} px wide`, async ({
		page,
		inspect
	}) => {
		await page.setViewportSize({ width, height: 900 });
		await bring(page, 'made-up/dinov3', 'CLS, 2 registers and 4 × 4 patches of 5 px');
		await expect(page.getByRole('button', { name: 'Pick Register 2' })).toBeVisible({ timeout: 45_000 });
		await inspect.settles();
		expect(await isTooWide(page)).toBe(false);
		await scan(page);
		await page.goto(`learn/positions/${withModel('made-up/dinov3')}`);
		await expect(page.getByRole('main')).toContainText('adds no learned positions to its tokens', { timeout: 45_000 });
	});

	test(`CLIP gives a vector and no classes, its text tower left alone, ${width} px wide`, async ({ page, inspect }) => {
		await page.setViewportSize({ width, height: 900 });
		await bring(page, 'made-up/clip', 'no class, but a vector that stands for the picture');
		await inspect.settles();
		await expect(page.getByText('This model has no classifier, so it names no classes.')).toBeVisible({
			timeout: 45_000
		});
		expect(await isTooWide(page)).toBe(false);
		await page.goto(`learn/positions/${withModel('made-up/clip')}`);
		await expect(page.getByRole('main')).toContainText('whose text tower is not read here', { timeout: 45_000 });
	});

	test(`where SigLIP’s learned query looks is a row of maps more, ${width} px wide`, async ({ page, inspect }) => {
		await page.setViewportSize({ width, height: 900 });
		await bring(page, 'made-up/siglip', '4 × 4 patches of 5 px');
		await inspect.settles();
		await expect(page.getByRole('heading', { name: 'Pooling', exact: true })).toBeVisible({ timeout: 45_000 });
		const maps = page.getByRole('grid', { name: 'Every head of the pooling' }).getByRole('gridcell');
		await expect(maps).toHaveCount(3);
		await maps.nth(1).click();
		await expect(page).toHaveURL(/[?&]block=3(&|$)/);
		await expect(page.getByRole('figure', { name: /^Pooling, head 2/ })).toBeVisible();
		await expect(inspect.query).toContainText('it is a learned query that looks, whatever token is chosen');
		const spoken = () => inspect.photo.getAttribute('aria-valuetext');
		await inspect.photo.focus();
		await page.keyboard.press('Home');
		const before = await spoken();
		expect(before).toMatch(/^The learned query attends to row \d, column 1: /);
		// By the keyboard to the heads of the blocks, and back.
		await inspect.chooseBlock(2);
		await expect(inspect.query).not.toContainText('it is a learned query');
		expect(await isTooWide(page)).toBe(false);
		await scan(page);
	});
}

test('a model that is handed out only to those who signed in is refused, and says why', async ({ page }) => {
	await lookUp(page, 'made-up/gated');
	await expect(page.getByRole('alert')).toContainText(
		'made-up/gated is gated on 127.0.0.1:' +
			new URL(hub.endpoint).port +
			': its owners give it only to people with an account'
	);
});
