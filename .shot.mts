// shot.mts OUT ADDRESS WIDTH HEIGHT SCHEME [SELECTOR-TO-WAIT] [full]
import { chromium } from 'playwright';
import { launchLight } from '/work/main/scripts/lib/chromium.js';
const [out, address, w, h, scheme, sel, full] = process.argv.slice(2);
const b = await chromium.launch(launchLight() as object);
const p = await b.newPage({ viewport: { width: Number(w), height: Number(h) }, colorScheme: scheme as 'light', reducedMotion: 'reduce' });
p.on('console', (m) => m.type() === 'error' && console.log('console:', m.text()));
p.on('pageerror', (e) => console.log('pageerror', String(e)));
await p.goto(address!.startsWith('http') ? address! : `http://127.0.0.1:${process.env.PORT ?? 4510}/${address}`);
await p.locator('#svelte-announcer').waitFor({ state: 'attached' });
if (sel && sel !== '-') await p.locator(sel).first().waitFor({ timeout: 90000 });
await p.waitForTimeout(2500);
await p.screenshot({ path: out!, fullPage: full === 'full' });
await b.close();
