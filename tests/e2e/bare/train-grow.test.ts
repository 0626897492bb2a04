import type { Page } from 'playwright';
import { isTooWide, scan } from '../axe';
import { expect, test } from '../fixtures';

/* A small ViT and a small CNN grow in the page: they learn, pause, lose a part, and are there again after a reload. */

test.use({ fresh: true });

const PATIENCE = { timeout: 90_000 };
const grow = (page: Page) => page.locator('.grow');
const accuracies = (page: Page) => page.locator('[data-accuracies]');

/** Lets both learn until each was tested, and pauses. */
async function learn(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^(Let them learn|Go on)$/ }).click();
	await expect(accuracies(page)).toHaveAttribute('data-accuracies', /ViT.*CNN/, PATIENCE);
	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(grow(page)).toHaveAttribute('data-learning', 'false', PATIENCE);
}

test('both grow, pause, change a part, and are compared; what was learned is there after a reload', async ({
	page
}) => {
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto('train/?part=grow');
	await expect(page.getByRole('region', { name: 'The ViT' })).toHaveAttribute('data-phase', 'still', PATIENCE);
	await expect(page.locator('[data-difference]')).toContainText('% apart');
	expect(Number(await page.locator('[data-difference]').getAttribute('data-difference'))).toBeLessThan(0.05);
	await expect(page.getByText('The dashed lines are recorded')).toBeVisible();
	await page.getByRole('button', { name: 'One step' }).click();
	await expect(grow(page)).toHaveAttribute('data-steps', '1', PATIENCE);
	await expect(page.getByText('The dashed lines are recorded')).toHaveCount(0);
	await learn(page);
	await expect(accuracies(page)).toContainText(/ViT: \d+ of 400 right at step \d+, .* with 95 % confidence between/);
	await scan(page, 'two networks that have learned a little');
	await page.getByText('What the ViT is made of').click();
	await page.getByRole('switch', { name: 'Positions' }).click();
	await expect(grow(page)).toHaveAttribute('data-steps', '0');
	await expect(page.getByText('ViT before: 5000 pictures, as it comes')).toBeVisible();
	await expect(page.getByText('Which positions have become alike')).toHaveCount(0, PATIENCE);
	const back = page.getByRole('button', { name: 'Go back to it' });
	await back.click();
	await expect(grow(page)).not.toHaveAttribute('data-steps', '0');
	await expect(page.getByRole('switch', { name: 'Positions' })).toBeChecked();
	await expect(back).toHaveCount(0);
	await page.getByRole('switch', { name: 'Positions' }).click();
	await learn(page);
	const steps = Number(await grow(page).getAttribute('data-steps'));
	await page.reload();
	await expect(grow(page)).not.toHaveAttribute('data-steps', '0', PATIENCE);
	await expect(page.getByText('Kept from your last visit')).toContainText('go on from there');
	expect(Number(await grow(page).getAttribute('data-steps'))).toBeLessThanOrEqual(steps);
	await page.getByText('What the ViT is made of').click();
	await expect(page.getByRole('switch', { name: 'Positions' })).not.toBeChecked();
	await page.getByRole('button', { name: 'Begin anew' }).click();
	await expect(grow(page)).toHaveAttribute('data-steps', '0');
	await page.getByRole('switch', { name: 'Positions' }).click();
	await expect(page.getByText('The dashed lines are recorded')).toBeVisible();
	await page.getByLabel('Sizes').selectOption('64 px, patches of 8');
	await expect(page.getByText('64 patches, as at 32 px')).toContainText('1.1 times the work');
	// What was recorded was so at 32 px.
	await expect(page.getByText('The dashed lines are recorded')).toHaveCount(0);
	await expect(page.locator('[data-difference]')).toBeVisible(PATIENCE);
	expect(Number(await page.locator('[data-difference]').getAttribute('data-difference'))).toBeLessThan(0.05);
	await page.getByRole('button', { name: 'One step' }).click();
	await expect(page.getByText('64 patches, as at 32 px')).toContainText('The last one took', PATIENCE);
	await expect(grow(page)).toHaveAttribute('data-learning', 'false', PATIENCE);
	await page.reload();
	await expect(grow(page)).toHaveAttribute('data-steps', '1', PATIENCE);
	await expect(page.getByLabel('Sizes')).toHaveValue('64');
});

test('it is all there by keyboard on a phone, and the notebook’s sizes say what they cost', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto('train/?part=grow');
	await expect(page.getByRole('region', { name: 'The CNN' })).toHaveAttribute('data-phase', 'still', PATIENCE);
	await page.getByLabel('Both learn').selectOption('Same, or different?');
	await expect(page.getByText('By chance it would be 50.0 %')).toBeVisible();
	await page.getByLabel('Sizes').selectOption('The notebook’s: 144 px, patches of 8');
	await expect(page.getByText('324 patches and CLS')).toContainText('Take one step to see how long it is here.');
	await page.getByLabel('Sizes').selectOption('32 px, patches of 4');
	const start = page.getByRole('button', { name: 'Let them learn' });
	await start.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
	await expect(grow(page)).not.toHaveAttribute('data-steps', '0', PATIENCE);
	await page.getByRole('button', { name: 'Pause' }).press('Enter');
	await expect(grow(page)).toHaveAttribute('data-learning', 'false', PATIENCE);
	expect(await isTooWide(page)).toBe(false);
	await scan(page, 'growing on a phone');
});
