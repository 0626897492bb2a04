import { isTooWide, scan } from '../axe';
import { expect, test } from '../fixtures';

test('the script for PyTorch is of the run that is shown, and is copied', async ({ inspect, page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await inspect.open({ sample: 'golf-ball' });
	const guesses = await inspect.guesses();
	await page.getByText('The same in PyTorch').click();
	const script = page.getByRole('group', { name: 'Python' });
	await expect(script).toContainText('timm.create_model("vit_tiny_patch16_224", checkpoint_path=str(WEIGHTS))');
	await expect(script).toContainText(`"${guesses[0]?.label}"`);
	await expect(script).toContainText('model.blocks[6].attn.attn_drop');
	await scan(page);
	await page.setViewportSize({ width: 360, height: 740 });
	expect(await isTooWide(page)).toBe(false);
	const box = await script.boundingBox();
	expect((box?.x ?? 0) + (box?.width ?? 0), 'the script ends with the page').toBeLessThanOrEqual(360);
	await page.getByRole('button', { name: 'Copy Python' }).click();
	await expect(page.getByText('Copied.')).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await script.textContent());
	// A script's files are really there.
	const address = /urlretrieve\("([^"]+safetensors)"/.exec((await script.textContent()) ?? '')?.[1] ?? '';
	expect((await page.request.head(address)).ok()).toBe(true);
});
