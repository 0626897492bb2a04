import { expect, test } from '../e2e/fixtures';
import { GalleryPage, LOOKS, partsIn } from './gallery-page';

/*
 * Every specimen of the gallery as it looked before. `npm run test:looks` takes it in light and dark, narrow and wide;
 * otherwise each part is taken in one of these, by turns.
 */

for (const room of ['marks', 'figures'] as const) {
	for (const look of LOOKS) {
		test(`the ${room} look as before, ${look.name}`, async ({ page }) => {
			test.setTimeout(600_000);
			const gallery = new GalleryPage(page);
			await gallery.as(look);
			for (const part of partsIn(room, look)) {
				await gallery.show(part);
				const names = await gallery.names();
				expect(names.length, part).toBeGreaterThan(0);
				for (const name of names) {
					await expect.soft(await gallery.specimen(name)).toHaveScreenshot([part, `${name}.${look.name}.png`]);
				}
			}
		});
	}
}
