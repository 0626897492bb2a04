import type { Browser } from 'playwright';
import type { BenchRequest, BenchResult } from './page/main.ts';

/** A page of its own for every backend, because each engine keeps what it once started. */
export async function measureBesideOrt(browser: Browser, url: string, request: BenchRequest): Promise<BenchResult> {
	const page = await browser.newPage();
	try {
		await page.goto(url);
		await page.waitForFunction(() => 'bench' in window);
		return await page.evaluate((asked) => window.bench(asked), request);
	} finally {
		await page.close();
	}
}
