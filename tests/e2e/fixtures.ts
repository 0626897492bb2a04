import { test as base } from 'playwright/test';
import { modelEntry } from '../../src/lib/models/registry';
import { startHub, type LocalHub } from '../hub/server';
import { hasVitTiny, VIT_TINY } from './shared';

export { expect } from 'playwright/test';
export { hasPhotos, hasVitTiny, SHARED, VIT_TINY } from './shared';

interface Fixtures {
	/** What the page and its workers complained about: errors on the console, exceptions nobody caught. */
	problems: string[];
	/** A local hub with the files that the real repository has; the page under test is told to use it. */
	hub: LocalHub;
	/** Address of the site under test. The full one is skipped where there is no ViT-Tiny to make it full. */
	site: string;
}

/** Call first in a test that needs reference material from beside the project: it is reported as skipped without. */
export function needsShared(present: boolean = hasVitTiny): void {
	base.info().skip(!present, 'needs reference material that is not part of the project');
}

export const test = base.extend<Fixtures>({
	problems: [
		async ({ page }, use) => {
			const problems: string[] = [];
			page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
			page.on('pageerror', (error) => problems.push(String(error)));
			await use(problems);
		},
		{ auto: true }
	],
	hub: async ({ page }, use) => {
		needsShared();
		const hub = await startHub({ [modelEntry('vit-tiny').repo ?? '']: VIT_TINY }, { hidden: ['labels.json'] });
		await page.addInitScript((endpoint) => localStorage.setItem('patchwork.hub', endpoint), hub.endpoint);
		await use(hub);
		await hub.close();
	},
	site: [
		async ({ baseURL }, use, info) => {
			if (info.project.name === 'full') needsShared();
			await use(baseURL ?? '');
		},
		{ auto: true }
	]
});
