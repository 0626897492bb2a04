import type { KeptId } from '../../base/forgetting';
import type { Place } from './places';

/** Something that this browser keeps for the reader's next visit. */
export interface KeptThing {
	readonly id: KeptId;
	readonly title: string;
	/** What it is, and what forgetting it costs. */
	readonly says: string;
	readonly places: readonly Place[];
}

const settings = (...names: readonly string[]): Place[] => names.map((name) => ({ kind: 'setting', name }));

/**
 * All that is ever kept, each by the name that it has in the browser. A test looks through the code for such names, and
 * fails for one that is missing here: what is not listed could neither be seen nor forgotten.
 * @param base path of the site's root, without a slash at the end: the caches of a site are called by it
 */
export const keptThings = (base: string): readonly KeptThing[] => [
	{
		id: 'photo',
		title: 'Your last photo',
		says: 'Only if you asked for it to be remembered. The one on the page stays until you leave.',
		places: [...settings('patchwork.remember-photo'), { kind: 'database', name: 'patchwork-photo', table: 'photos' }]
	},
	{
		id: 'classes',
		title: 'Classes of your own',
		says: 'Their names and photos, only if you asked for them to be remembered.',
		places: [
			...settings('patchwork.remember-classes'),
			{ kind: 'database', name: 'patchwork-own-classes', table: 'classes' }
		]
	},
	{
		id: 'grown',
		title: 'Networks that you grew',
		says: 'What the small ViT and the small CNN have learned so far, and from what.',
		places: [{ kind: 'database', name: 'patchwork-grow', table: 'kept' }]
	},
	{
		id: 'models',
		title: 'Models',
		says: 'Those that were fetched, and can be fetched again; those from your disk; and those with a classifier that you trained, which are nowhere else unless you exported them.',
		places: [
			{ kind: 'folder', name: 'patchwork-models' },
			{ kind: 'caches', name: 'patchwork-models-2' },
			...settings('patchwork.own-models', 'patchwork.numbered-models')
		]
	},
	{
		id: 'working',
		title: 'Working copies',
		says: 'Of the model in use and the one before it, to read them again without a network. The next visit removes them.',
		places: [{ kind: 'folder', name: 'patchwork-scratch' }]
	},
	{
		id: 'progress',
		title: 'How far you have read',
		says: 'The chapters that you finished, and your answers in them.',
		places: settings('patchwork.progress')
	},
	{
		id: 'guesses',
		title: 'Your guesses',
		says: 'What you guessed that a change would cost.',
		places: settings('patchwork.guesses')
	},
	{
		id: 'settings',
		title: 'Settings',
		says: 'Light or dark, where models come from, and whether one key opens the search.',
		places: settings('patchwork.theme', 'patchwork.hub', 'patchwork.no-slash')
	},
	{
		id: 'site',
		title: 'These pages',
		says: 'Kept once a model has run, so that they open without a network, with the files of those of this site’s own models that were used.',
		places: [{ kind: 'caches', name: `patchwork-site${base}@` }]
	}
];
