import { expect, test } from '../fixtures';

test('a site with ViT-Tiny opens without a complaint and serves its weights in ranges', async ({ page, problems }) => {
	await page.goto('./');
	await expect(page.getByText('Patchwork').first()).toBeVisible();
	const index: unknown = await (await page.request.get('models.json')).json();
	expect(Object.keys(index as object)).toEqual(['patchwork-t', 'patchwork-c', 'vit-tiny']);
	const part = await page.request.get('models/vit-tiny/model.safetensors', { headers: { Range: 'bytes=100-199' } });
	expect(part.status()).toBe(206);
	expect((await part.body()).length).toBe(100);
	expect(problems).toEqual([]);
});
