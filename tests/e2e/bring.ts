import type { Page } from 'playwright/test';
import { fileOf, timmConfig, timmTensors, type Sizes } from '../../src/lib/engine/testing/checkpoint';

/** Files on the reader's disk, or such as could lie there. */
type Files = Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0];

/** Brings a model's files as a reader would, under a name of their choice, and waits until it is in use. */
export async function bring(page: Page, files: Files, name: string): Promise<void> {
	await page.goto('models/?backend=wasm');
	await page.getByLabel('Files of a model').setInputFiles(files);
	await page.getByLabel('Its name in the menu').fill(name);
	const found = page.getByRole('article').filter({ has: page.getByLabel('Its name in the menu') });
	await found.getByRole('button', { name: 'Use it' }).click();
	const own = page.getByRole('region', { name: 'Models that you brought' });
	await own.getByRole('link', { name: 'In use: look at it' }).waitFor({ timeout: 45_000 });
}

/** The files of a made-up ViT. @param cropPct how much of the shorter side it sees */
export function madeUp(sizes: Sizes, cropPct: number): Files {
	const made = timmConfig(sizes);
	const config = { ...made, pretrained_cfg: { ...(made['pretrained_cfg'] as object), crop_pct: cropPct } };
	const weights = fileOf(timmTensors(sizes));
	return [
		{ name: 'config.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(config)) },
		{ name: 'model.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from(weights) }
	];
}
