import type { Page } from 'playwright/test';
import { VARIANTS, variantCheckpoint } from '../../src/lib/engine/testing/variants';
import { expect } from './fixtures';

/** What the files call the models that are made up, and so what the page does. */
export const MADE_UP = 'vit_made_up';

/** Brings the files of a made-up model as a reader would, and waits until it is in use. @param part of its variant's name */
export async function bringMadeUp(page: Page, part: string): Promise<void> {
	await page.goto('models/?backend=wasm');
	await chooseMadeUp(page, part);
}

/** The same on the page of models, once it is open. */
export async function chooseMadeUp(page: Page, part: string): Promise<void> {
	const variant = VARIANTS.find(({ name }) => name.includes(part));
	if (!variant) throw new Error(`There is no model with ${part} among the variants.`);
	const { config, weights } = variantCheckpoint(variant);
	await page.getByLabel('Files of a model').setInputFiles([
		{ name: 'config.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(config)) },
		{ name: 'model.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from(weights) }
	]);
	const found = page.getByRole('article', { name: MADE_UP, exact: true });
	await found.getByRole('button', { name: 'Use it' }).click();
	await expect(inUse(page)).toBeVisible({ timeout: 45_000 });
}

/** The link to the inspector beside the model that was brought. */
export const inUse = (page: Page) =>
	page.getByRole('region', { name: 'Models that you brought' }).getByRole('link', { name: 'In use: look at it' });
