import { expect, test } from '../fixtures';

test('a bare clone opens without a complaint, isolated, with the bundled models only', async ({ page, problems }) => {
	await page.goto('./');
	await expect(page.getByText('Patchwork').first()).toBeVisible();
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
	const index: unknown = await (await page.request.get('models.json')).json();
	expect(Object.keys(index as object)).toEqual(['patchwork-t', 'patchwork-c']);
	expect(problems).toEqual([]);
});
