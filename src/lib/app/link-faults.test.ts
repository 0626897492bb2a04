import { describe, expect, it } from 'vitest';
import type { Sample } from '../photo/manifest';
import { FakeEngine } from '../run/testing';
import { limitsOf } from '../run/limits';
import { sightOf } from '../run/places';
import { Selection } from '../run/selection.svelte';
import type { Permalink, Unread } from '../run/url';
import { ViewSettings } from '../run/view-settings.svelte';
import { viewOf } from '../views/families';
import { pixelSize } from '../views/words';
import { linkFaults } from './link-faults';
import { shownOn } from './testing';

const shown = await shownOn(new FakeEngine());
const settings = new ViewSettings();
const { depth, heads } = limitsOf(shown);

/** What is said of a link where a run of a small model on a photo called `cat` is shown. */
function faults(link: Partial<Permalink>, unread: Unread = {}): string[] {
	const looking = new Selection(
		() => limitsOf(shown),
		() => sightOf(shown)
	);
	looking.open(link);
	settings.open(link);
	const view = viewOf(shown, looking, settings);
	return linkFaults(link, unread, {
		title: 'Small',
		shown,
		view,
		looking,
		settings,
		samples: [{ id: 'owl' } as Sample]
	});
}

describe('a link', () => {
	it('that asks for what is there needs no word', () => {
		expect(faults({ block: depth - 1, head: heads - 1, token: 'cls', sample: 'owl', overlay: 'rollout' })).toEqual([]);
		expect(faults({ token: 0, head: 'mean', class: shown.model.config.classes - 1 })).toEqual([]);
	});

	it.each<[Partial<Permalink>, string]>([
		[{ block: 98 }, `The link asks for block 99, and Small has ${depth}: block ${depth} is shown in its place.`],
		[
			{ block: 0, head: 6 },
			`The link asks for head 7, and block 1 has ${heads}: mean over heads is shown in its place.`
		],
		[
			{ size: 99 },
			`The link asks for another size of input. This model runs on 112 to 448 pixels a side, in steps of ${shown.model.config.patchSize}; 99 x 99 is none. It is shown at ${pixelSize(shown.model.config.imageSize)} in its place.`
		],
		[{ token: 4999 }, 'The link looks from patch 5,000, and Small has 6: CLS is looked from in its place.'],
		[
			{ token: 'register-1' },
			'The link looks from the token ‘register-1’, which Small does not have: CLS is looked from in its place.'
		],
		[
			{ sample: 'xyz' },
			`The link asks for the sample photo ‘xyz’, which there is not: “${shown.photo.title}” is shown in its place.`
		]
	])('that asks for %o is told so, with what is shown in its place', (link, sentence) => {
		expect(faults(link)).toEqual([sentence]);
	});

	it('that can’t be read in a part is told which, with what holds there', () => {
		expect(faults({}, { photo: 'photo=nonsense', opacity: 'opacity=200', box: 'box=1' })).toEqual([
			`‘photo=nonsense’ in the link can’t be followed: “${shown.photo.title}” is shown in its place.`,
			'‘opacity=200’ in the link can’t be followed: ‘opacity=75’ holds in its place.',
			'‘box=1’ in the link can’t be followed: it is as without that part.'
		]);
	});

	it('is told of each part by itself', () => {
		expect(faults({ block: 98, head: 6, class: 4000, crop: { x: 0, y: 0, width: 9e4, height: 9e4 } })).toHaveLength(4);
	});
});
