// record-addresses.ts SITE: what each address of the list opens on that site, written into the list. Prettier lays it out.
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/lib/chromium.js';
import { LIST, listOf, openAndRead, recorded, type Recorded } from './addresses';

const [site = 'http://127.0.0.1:4173/'] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: CHROMIUM_ARGS });
const page = await browser.newPage({ serviceWorkers: 'block' });

const list: Recorded[] = [];
for (const { address } of recorded()) {
	const started = Date.now();
	list.push({ address, opens: await openAndRead(page, site, address) });
	console.log(`${address}  ${Date.now() - started} ms`);
}
writeFileSync(LIST, listOf(list));
await browser.close();
