import { describe, expect, it } from 'vitest';
import { formatPermalink, parsePermalink } from './url';
import { ViewSettings } from './view-settings.svelte';

describe('ViewSettings', () => {
	it('say nothing in a link while everything is as usual', () => {
		expect(new ViewSettings().link).toEqual({});
	});

	it('come back through a link', () => {
		const settings = new ViewSettings();
		Object.assign(settings, {
			overlay: 'embeddings',
			opacity: 0.2,
			colourMap: 'cividis',
			smooth: true,
			scale: 'shared',
			grid: false,
			seen: true
		});
		const opened = new ViewSettings();
		opened.open(parsePermalink(formatPermalink(settings.link)));
		expect(opened.link).toEqual(settings.link);
		expect(Object.keys(opened.link)).toHaveLength(7);
	});

	it('ignore a colour map that there is not', () => {
		const settings = new ViewSettings();
		settings.open({ colourMap: 'jet' });
		expect(settings.colourMap).toBe('magma');
	});
});
