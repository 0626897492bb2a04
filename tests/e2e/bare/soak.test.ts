import { soakWalk } from '../../../scripts/lib/soak-walk';
import { expect, test } from '../fixtures';
import { soak } from '../soak/soak';

// Pages that others left open would be counted, too.
test.use({ fresh: true });

/** `npm run soak` does as much of it as one likes. */
test('a restless reader finds everything as it should be, and leaves nothing behind', async ({ context }) => {
	const seed = 14;
	const { checked, steps } = await soak(context, soakWalk(seed, 6), { seed, heap: false });
	expect(checked).toBe(1);
	expect(steps).toBeGreaterThan(12);
});
