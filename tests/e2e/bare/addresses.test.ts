import { asksForGpu, opensAsRecorded, recorded } from '../addresses';
import { test } from '../fixtures';

/*
 * Links are kept in notes, mails and papers. What each of these opened on the site of commit a089d76, it opens today. That
 * site was given today's model of its own to run, with that model's first look, so that the maps are the same too.
 */
const PARTS = 6;

// Each opens its addresses on one page, one after the other.
test.describe.configure({ mode: 'parallel' });
// Some addresses lead nowhere, and did.
test.use({ tolerated: /404 \(Not Found\)|Not found: \// });

// The others are in addresses-gpu.test.ts, whose browser has a GPU.
const list = recorded().filter((one) => !asksForGpu(one));

for (let part = 0; part < PARTS; part++) {
	test(`every address opens what it opened, part ${part + 1} of ${PARTS}`, async ({ page, site }) => {
		for (const one of list.filter((_, i) => i % PARTS === part)) {
			await test.step(one.address, () => opensAsRecorded(page, site, one));
		}
	});
}
