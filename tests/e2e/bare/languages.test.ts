import { scan } from '../axe';
import { expect, test } from '../fixtures';
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
});
