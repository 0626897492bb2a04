import type { Page } from 'playwright/test';
import { scan } from '../axe';
import { expect, test } from '../fixtures';

/** As somebody who comes for the first time: what others kept would be listed too. */
test.use({ fresh: true });

/** Keeps a photo of 1200 bytes, as idb-keyval does it. */
function keep(page: Page, database: string, table: string): Promise<void> {
	return page.evaluate(
		([database = '', table = '']) =>
			new Promise<void>((resolve, reject) => {
				const open = indexedDB.open(database);
				open.onupgradeneeded = () => open.result.createObjectStore(table);
				open.onerror = () => reject(open.error ?? new Error('no database'));
				open.onsuccess = () => {
					const write = open.result.transaction(table, 'readwrite');
					write.objectStore(table).put(new Blob([new Uint8Array(1200)]), 'last');
					write.oncomplete = () => (open.result.close(), resolve());
				};
			}),
		[database, table]
	);
}

test('what this browser keeps is listed with what it takes, and forgotten one by one or all at once', async ({
	page
}) => {
	await page.goto('models/');
	const kept = page.getByRole('region', { name: 'All that this browser keeps' });
	const size = (thing: string) => kept.locator(`[data-kept="${thing}"]`);
	await expect(size('guesses')).toHaveText('nothing');
	await expect(size('photo')).toHaveText('nothing');

	await page.evaluate(() => {
		localStorage.setItem('patchwork.guesses', JSON.stringify({ positions: 12 }));
		localStorage.setItem('patchwork.progress', '{}');
		localStorage.setItem('somebody.else', 'stays');
	});
	await keep(page, 'patchwork-photo', 'photos');
	await page.reload();
	await expect(size('guesses')).toHaveText('32 bytes');
	await expect(size('photo')).toHaveText('1 kB');
	await scan(page);

	const forgetGuesses = kept.getByRole('button', { name: 'Forget Your guesses' });
	await forgetGuesses.click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
	await scan(page);
	await page.keyboard.press('Escape');
	await expect(size('guesses')).toHaveText('32 bytes');
	await expect(forgetGuesses).toBeFocused();
	await forgetGuesses.click();
	await dialog.getByRole('button', { name: 'Keep it' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(forgetGuesses).toBeFocused();
	await forgetGuesses.click();
	await dialog.getByRole('button', { name: 'Forget it' }).click();
	await expect(forgetGuesses).toBeFocused();
	await expect(size('guesses')).toHaveText('nothing');
	await expect(size('photo')).toHaveText('1 kB');

	await page.getByLabel('Dark').check();
	await kept.getByRole('button', { name: 'Forget everything kept here' }).click();
	await dialog.getByRole('button', { name: 'Forget it' }).click();
	await expect(kept.getByRole('status')).toHaveText(/All of it is forgotten/);
	await expect(kept.getByRole('button', { name: 'Forget everything kept here' })).toBeFocused();
	await expect(size('photo')).toHaveText('nothing');
	await expect(size('settings')).toHaveText('nothing');
	await expect(page.getByLabel('As the system')).toBeChecked();
	const left = await page.evaluate(() => Object.keys(localStorage));
	expect(left).toEqual(['somebody.else']);
});

test('what was counted is open no longer: another tab can delete it', async ({ page }) => {
	await page.goto('models/');
	await keep(page, 'patchwork-grow', 'kept');
	await page.reload();
	await expect(page.locator('[data-kept="grown"]')).toHaveText('1 kB');
	// It would wait for ever for one that stays open.
	await page.evaluate(
		() =>
			new Promise<void>((resolve, reject) => {
				const request = indexedDB.deleteDatabase('patchwork-grow');
				request.onerror = () => reject(request.error ?? new Error('not deleted'));
				request.onsuccess = () => resolve();
			})
	);
	await page.reload();
	await expect(page.locator('[data-kept="grown"]')).toHaveText('nothing');
});

test('what is chosen or forgotten in one tab is so in the others', async ({ page, context }) => {
	await page.goto('inspect/');
	const remember = page.getByLabel('Remember my photo on this device');
	await remember.check();
	const other = await context.newPage();
	await other.goto('models/');
	await other.getByRole('radio', { name: 'Dark' }).check();
	await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await other.getByRole('button', { name: 'Forget Your last photo' }).click();
	await other.getByRole('button', { name: 'Forget it' }).click();
	await expect(remember).not.toBeChecked();
});
