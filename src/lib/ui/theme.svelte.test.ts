import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let kept: Map<string, string>;
let tabs: EventTarget;
const dataset: { theme?: string } = {};

beforeEach(() => {
	kept = new Map();
	tabs = new EventTarget();
	delete dataset.theme;
	vi.resetModules();
	vi.stubGlobal('window', tabs);
	vi.stubGlobal('document', { documentElement: { dataset } });
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key)
	});
});

afterEach(() => vi.unstubAllGlobals());

describe('the theme', () => {
	const written = () => tabs.dispatchEvent(Object.assign(new Event('storage'), { key: 'patchwork.theme' }));

	it('is what another tab has chosen, and is written no second time', async () => {
		const { theme } = await import('./theme.svelte');
		theme.restore();
		kept.set('patchwork.theme', 'dark');
		written();
		expect([theme.choice, dataset.theme]).toEqual(['dark', 'dark']);
		kept.delete('patchwork.theme');
		written();
		expect([theme.choice, dataset.theme, kept.size]).toEqual(['system', undefined, 0]);
	});

	it('of a figure in somebody else’s page is not that of this site’s tabs', async () => {
		const { theme } = await import('./theme.svelte');
		kept.set('patchwork.theme', 'dark');
		written();
		expect(theme.choice).toBe('system');
	});
});
