import { app } from '../../app/app.svelte';
import { letGoOf, type KeptId } from '../../base/forgetting';
import { siteRoot } from '../../base/site';
import { guesses } from '../../figures/guess/guesses.svelte';
import { progress } from '../../lesson/progress.svelte';
import { theme } from '../../ui/theme.svelte';
import { allOf } from './each';
import type { KeptThing } from './kept-things';
import { empty } from './places';

/**
 * What of it lives in this tab on every page, and would be written again at the next change: told to let go before its
 * places are emptied. What only one page has says so itself, see `base/forgetting.ts`.
 */
const LET_GO: Partial<Record<KeptId, () => void | Promise<void>>> = {
	photo: () => app.remember(false),
	models: async () => {
		// A file that is being fetched cannot be deleted, and would be kept again.
		app.session.models.cancel();
		for (const { repo } of app.library.stored) await app.library.forgetKey(repo);
		// What stays all the same is told of where its place cannot be emptied.
		app.library.dismiss();
	},
	progress: () => progress.reset(),
	guesses: () => guesses.reset(),
	settings: () => {
		theme.choice = 'system';
		app.library.setEndpoint('');
	},
	// An isolated page's next workers must come with the headers that isolate it, which the service worker may be adding.
	site: async () => {
		app.choice.forgetSite();
		if (!crossOriginIsolated) await (await navigator.serviceWorker?.getRegistration(siteRoot()))?.unregister();
	}
};

/** Forgets one thing, here and in the browser, as far as it can. @throws whatever the browser says where it does not let go */
export async function forget({ id, places }: KeptThing): Promise<void> {
	const lookAgain = async () => {
		app.library.numbered.open();
		await app.library.look();
	};
	await allOf([
		() => letGoOf(id),
		() => LET_GO[id]?.(),
		...places.map((place) => () => empty(place)),
		...(id === 'models' ? [lookAgain] : [])
	]);
}
