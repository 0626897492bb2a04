/** Writes the documents that are made from the code. */
import { writeFile } from 'node:fs/promises';
import { TAPS_PAGE, tapsPage } from './lib/taps-page.ts';

await writeFile(TAPS_PAGE, await tapsPage());
console.log(`Wrote ${TAPS_PAGE}`);
