import { expect, test } from '../e2e/fixtures';
import { flatPhoto } from './flat-photo';
import { GalleryPage, inLook, LOOKS, needsItsBrowser, PARTS, screenshotOf } from './gallery-page';

/* Every specimen of the gallery as it looked before: see README.md beside this. */

for (const room of ['marks', 'figures'] as const) {
	for (const look of LOOKS) {
		test(`the ${room} look as before, ${look.name}`, async ({ page, browser }) => {
			needsItsBrowser(browser.version());
			test.setTimeout(600_000);
			await flatPhoto(page);
			const gallery = new GalleryPage(page);
			await gallery.as(look);
			for (const part of PARTS[room]) {
				await gallery.show(part);
				const names = await gallery.names();
				expect(new Set(names).size, `specimens of ${part} with a name of their own`).toBe(names.length || -1);
				for (const name of inLook(room, part, names, look)) {
					await expect.soft(await gallery.specimen(name)).toHaveScreenshot(screenshotOf(part, name, look));
				}
			}
		});
	}
}
