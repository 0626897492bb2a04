import { describe, expect, it } from 'vitest';
import { Selection } from '../../run/selection.svelte';
import { OVERLAYS } from '../../run/url';
import { ViewSettings } from '../../run/view-settings.svelte';
import type { ModelView } from '../model-view';
import { PLAIN_VIT } from '../../engine/vit/config';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { cut, FakeEngine, model, photo, result } from '../../run/testing';
import { viewOf as viewOfRun } from '../families';
import { readShown } from '../read-shown';
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

	it('says of a box that a learned query looks in the pooling, in a model that has one', async () => {
		const notes: string[] = [];
		for (const more of [{}, { ...PLAIN_VIT, cls: false, pooling: 'map', poolMlpDim: 16 } as const]) {
			const config = { ...SMALL_CONFIG, ...more };
			const engine = Object.assign(new FakeEngine(), { config });
			const question = { photo: photo('cat'), crop: null, edits: [] };
			const shown = await readShown(engine, question, result(1, model('small', config)), cut);
			notes.push(viewOfRun(shown, viewOf().selection, new ViewSettings()).boxNote);
		}
		expect(notes).toEqual(['', 'In the pooling a learned query looks, whatever token is chosen.']);
	});
});
