import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { TAPS_PAGE, tapsPage } from './taps-page';

it('the page of all taps is what the code makes of it: run `npm run docs` to renew it', async () => {
	expect(await readFile(TAPS_PAGE, 'utf8')).toBe(await tapsPage());
});
