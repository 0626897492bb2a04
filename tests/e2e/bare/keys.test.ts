import { readFile } from 'node:fs/promises';
import { scan } from '../axe';
import { expect, test } from '../fixtures';

test('? lists the keys of the page, not while something is typed, and Escape gives the focus back', async ({
	page
}) => {
	const dialog = page.getByRole('dialog', { name: 'Keys of this page' });
	await page.goto('models/');
	const box = page.getByLabel('Address of the hub');
	await box.focus();
	await page.keyboard.press('?');
	await expect(dialog).toHaveCount(0);
	await expect(box).toHaveValue(/\?$/);
	const button = page.getByRole('button', { name: 'Keys' });
	await button.focus();
	await page.keyboard.press('?');
	await expect(dialog).toContainText('search the lesson and the glossary');
	await expect(dialog).not.toContainText('A box on the photo');
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(button).toBeFocused();

	// Who has turned single keys off has this one off as well; the button is there for all.
	await page.evaluate(() => localStorage.setItem('patchwork.no-slash', 'yes'));
	await page.keyboard.press('?');
	await expect(dialog).toHaveCount(0);
	await page.setViewportSize({ width: 360, height: 740 });
	await page.getByRole('link', { name: 'Inspect' }).first().click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inspect');
	await page.getByRole('button', { name: 'Keys' }).click();
	await expect(dialog).toContainText('A box on the photo');
	await scan(page, 'the list of keys');
	await dialog.getByRole('button', { name: 'Close' }).click();
	await expect(dialog).toHaveCount(0);

	// Where no letter can be typed, the key is the page's.
	await page.evaluate(() => localStorage.removeItem('patchwork.no-slash'));
	await page.getByRole('checkbox', { name: 'Remember my photo on this device' }).focus();
	await page.keyboard.press('?');
	await expect(dialog).toBeVisible();
});

test('what is chosen is said in a sentence, and what is drawn is saved as a table', async ({ inspect, page }) => {
	await inspect.open();
	const said = page.getByRole('status').filter({ hasText: /^Block 3, head 2/ });
	await inspect.chooseBlock(3);
	await inspect.radio('Head', '2').check();
	await expect(said).toHaveText(/^Block 3, head 2\. CLS\. Of the patches, most to row \d+, column \d+: .* %/);
	const saved = await inspect.save('Overlay as CSV');
	expect(saved.suggestedFilename()).toBe('golf-ball-on-a-lawn-patchwork-t-overlay.csv');
	const [first, ...lines] = (await readFile(await saved.path(), 'utf8')).trim().split('\n');
	expect(first).toBe('row,column,attention');
	expect(lines).toHaveLength(196);
	expect(lines[15]).toMatch(/^1,1,0\.\d+/);

	await page.goto('learn/embeddings/?backend=wasm');
	const figure = page.getByRole('button', { name: 'Figure as CSV' });
	await expect(figure).toBeEnabled({ timeout: 45_000 });
	const download = page.waitForEvent('download');
	await figure.click();
	const text = await readFile(await (await download).path(), 'utf8');
	expect((await download).suggestedFilename()).toBe('embeddings-figure.csv');
	expect(text).toMatch(/^.+\n(row|element|class|line|point|[a-z ]+),.*\n.*\d/i);
});
