import { currentName } from '../../../src/lib/base/renames';
import { openAndRead, recorded, type Opened } from '../addresses';
import { expect, test } from '../fixtures';

/*
 * Links are kept in notes, mails and papers. What each of these opened on the site of commit a089d76, it opens today. That
 * site was given today's model of its own to run, with that model's first look, so that the maps are the same too.
 */
const PARTS = 6;

// Each opens its addresses on one page, one after the other.
test.describe.configure({ mode: 'parallel' });
// Some addresses lead nowhere, and did.
test.use({ tolerated: /404 \(Not Found\)|Not found: \// });

const list = recorded();

for (let part = 0; part < PARTS; part++) {
	test(`every address opens what it opened, part ${part + 1} of ${PARTS}`, async ({ page, site }) => {
		for (const { address, opens } of list.filter((_, i) => i % PARTS === part)) {
			await test.step(address, async () => {
				expect.soft(await openAndRead(page, site, address), address).toEqual(asToday(opens));
			});
		}
	});
}

/** A model that has another name today is meant by it; and pages may have more places than they had. */
function asToday({ anchors, model, models, ...opens }: Opened): Record<string, unknown> {
	const named = (id: unknown) => currentName('model', String(id));
	return {
		...opens,
		...(anchors && { anchors: expect.arrayContaining(anchors as string[]) as unknown }),
		...(model && { model: named(model) }),
		...(models && { models: (models as string[]).map(named) })
	};
}
