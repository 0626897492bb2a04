import { expect, test } from '../fixtures';

test('without a camera: one sentence, and all as it was', async ({ inspect, page, context }) => {
	await context.grantPermissions(['camera']);
	await inspect.open();
	const result = await inspect.result();
	await inspect.button('Camera').click();
	const dialog = page.getByRole('dialog', { name: 'Camera' });
	await expect(dialog.getByRole('alert').getByRole('paragraph')).toHaveText(
		/^This device has no camera that the page can use; choose a file instead\.$/
	);
	await expect(dialog.getByRole('button', { name: 'Take the picture' })).toBeDisabled();
	await dialog.getByRole('button', { name: 'Close' }).click();
	await expect(dialog).toHaveCount(0);
	expect(await inspect.result()).toEqual(result);
});
