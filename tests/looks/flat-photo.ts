import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { isRecord } from '../../src/lib/base/json';
import { quarters } from '../e2e/pictures';

/** What the recorded run says of the photo that it is of. */
function recordedPhoto(): { file: string; seen: { width: number; height: number; file: string } } {
	const run: unknown = JSON.parse(readFileSync('static/recorded/run.json', 'utf8'));
	if (!isRecord(run) || !isRecord(run['sample']) || !isRecord(run['seen'])) throw new Error('run.json is damaged.');
	const { width, height, file } = run['seen'];
	return {
		file: String(run['sample']['file']),
		seen: { width: Number(width), height: Number(height), file: String(file) }
	};
}

/**
 * Puts four squares of colour in place of the photo of the recorded run: a screenshot of a photo is ten times as large,
 * and says no more of the figure around it.
 */
export async function flatPhoto(page: Page): Promise<void> {
	const { file, seen } = recordedPhoto();
	const { width, height } = await sharp(`static/${file}`).metadata();
	const picture = await quarters(width, height).png().toBuffer();
	const pixels = await quarters(seen.width, seen.height).removeAlpha().raw().toBuffer();
	await page.route(`**/${file}`, (route) => route.fulfill({ body: picture, contentType: 'image/png' }));
	await page.route(`**/recorded/${seen.file}`, (route) => route.fulfill({ body: pixels }));
}
