import { scan } from '../axe';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import { siteIsKept } from '../kept';
import { LessonPage } from '../lesson-page';

/** The site is built once a language; this build lies in a folder of the other, and shares its models and photos. */
test('a chapter is read in German, with the model that lies beside the English pages', async ({ page }) => {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	const lesson = new LessonPage(page);
	await page.goto('de/learn/patches/?backend=wasm');
	await expect(page.locator('html')).toHaveAttribute('lang', 'de');
	await lesson.isLive();
	await expect(page.locator('.reader')).toHaveAttribute('lang', 'de');
	await expect(page.getByText(/Patchwork-T sagt .*, \d+,\d %/)).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toHaveAttribute('lang', 'de');
	const weights = asked.filter((path) => path.endsWith('.safetensors'));
	expect(weights).toEqual(weights.map(() => expect.stringMatching(/^(?!.*\/de\/).*\/models\//)));
	expect(weights).not.toHaveLength(0);
	await scan(page);
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	expect(new URL(page.url()).pathname).toMatch(/^(?!.*\/de\/).*learn\/patches\/$/);
});

test('the language changes where one is, with all that the address says', async ({ inspect, page }) => {
	await inspect.open({ block: '3', head: '2', backend: 'wasm' });
	await page.getByRole('link', { name: 'Deutsch' }).click();
	await expect(page).toHaveURL(/\/de\/inspect\/\?.*block=3.*head=2/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.locator('figure[aria-busy="false"] .title').first()).toHaveText('Block 3, Head 2', {
		timeout: 45_000
	});
});

test('a chapter that is not translated says so, and is read in English', async ({ page }) => {
	await page.goto('de/learn/attention/?backend=wasm');
	await expect(page.getByText('Dieser Teil der Website ist bisher auf Englisch')).toBeVisible();
	await expect(page.locator('.reader')).toHaveAttribute('lang', 'en');
	// Its figures are so as a whole, with what they share with those in German.
	await page.goto('de/learn/attention/?backend=wasm#softmax');
	await expect(page.locator('aside .pane')).toContainText(/The largest, \d+\.\d+ %, goes to row \d+, column \d+/, {
		timeout: 45_000
	});
});

test.describe('once a model has run on a German page', () => {
	test.use({ serviceWorkers: 'allow', fresh: true, tolerated: FAILED_REQUESTS });

	// All of a language's pages are kept or none: a single address that does not answer is seen here.
	test('the German pages open without a network, until they are forgotten', async ({ page, context }) => {
		const lesson = new LessonPage(page);
		await page.goto('de/learn/patches/?backend=wasm');
		await lesson.isLive();
		await siteIsKept(page, '../reshaping/');
		await context.setOffline(true);
		await page.goto('de/learn/reshaping/?backend=wasm');
		await expect(page.locator('html')).toHaveAttribute('lang', 'de');
		await lesson.isLive();
		await context.setOffline(false);
		await page.goto('de/models/');
		const kept = page.locator('#kept');
		await expect(kept.locator('[data-kept="site"]')).toHaveText(/MB/);
		await kept.getByRole('button', { name: 'Alles hier Gespeicherte vergessen' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Vergessen' }).click();
		await expect(kept.locator('[data-kept="site"]')).toHaveText('nichts');
		expect(await page.evaluate(() => caches.keys())).not.toContainEqual(expect.stringMatching('patchwork-site'));
	});
});
