import { describe, expect, it } from 'vitest';
import { Selection } from '../../run/selection.svelte';
import { OVERLAYS } from '../../run/url';
import { ViewSettings } from '../../run/view-settings.svelte';
import type { ModelView } from '../model-view';
import { emptyView } from './family';

function viewOf(): { view: ModelView; settings: ViewSettings; selection: Selection } {
	const settings = new ViewSettings();
	const selection = new Selection(() => ({ depth: 12, heads: 3 }));
	return { view: emptyView(selection, settings), settings, selection };
}

describe('the view of one sequence', () => {
	it('draws the lines between the patches with the patches always, and over the bare photo never', () => {
		const { view, settings } = viewOf();
		const at = (grid: boolean) =>
			OVERLAYS.filter((overlay) => {
				Object.assign(settings, { overlay, grid });
				return view.showGrid;
			});
		expect(at(true)).toEqual(OVERLAYS.filter((overlay) => overlay !== 'photo'));
		expect(at(false)).toEqual(['patches']);
	});

	it('names the block and the head where attention is shown, and what else is shown elsewhere', () => {
		const { view, settings, selection } = viewOf();
		selection.open({ block: 4, head: 2 });
		expect(view.title).toBe('Block 5, head 3');
		selection.open({ head: 'mean' });
		expect(view.title).toBe('Block 5, mean over heads');
		settings.overlay = 'patches';
		expect(view.title).toMatch(/^The patches/);
	});
});
