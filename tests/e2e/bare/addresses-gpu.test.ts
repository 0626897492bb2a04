import { CHROMIUM_ARGS, launchWith } from '../../../scripts/lib/chromium.js';
import { asksForGpu, opensAsRecorded, recorded } from '../addresses';
import { test } from '../fixtures';

test.use({ launchOptions: launchWith(CHROMIUM_ARGS) });

test('every address that asks for a GPU opens what it opened', async ({ page, site }) => {
	for (const one of recorded().filter(asksForGpu)) {
		await test.step(one.address, () => opensAsRecorded(page, site, one));
	}
});
