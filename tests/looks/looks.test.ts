import { expect, test } from '../e2e/fixtures';
import { flatPhoto } from './flat-photo';
import { GalleryPage, inLook, LOOKS, needsItsBrowser, PARTS, screenshotOf, type Room } from './gallery-page';

/* Every specimen of the gallery as it looked before: see README.md beside this. */

/** The specimens are looked at in so many lots, side by side. */
const LOTS = 4;

for (const room of ['marks', 'figures'] as const satisfies Room[]) {
	for (let lot = 0; lot < LOTS; lot++) {
		test(`the ${room} look as before, lot ${lot + 1} of ${LOTS}`, async ({ page, browser }) => {
			needsItsBrowser(browser.version());
			test.setTimeout(600_000);
			await flatPhoto(page);
			const gallery = new GalleryPage(page);
			for (const part of PARTS[room].filter((_, i) => i % LOTS === lot)) {
				await gallery.show(part);
				const names = await gallery.names();
				expect(new Set(names).size, `specimens of ${part} with a name of their own`).toBe(names.length || -1);
				for (const look of LOOKS) {
					const wanted = inLook(room, part, names, look);
					if (wanted.length === 0) continue;
					await gallery.as(look);
					await gallery.show(part);
					for (const name of wanted) {
						await expect.soft(await gallery.specimen(name)).toHaveScreenshot(screenshotOf(part, name, look));
					}
				}
			}
		});
	}
}
