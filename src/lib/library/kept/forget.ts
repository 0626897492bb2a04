import { app } from '../../app/app.svelte';
import { letGoOf, type KeptId } from '../../base/forgetting';
import { siteRoot } from '../../base/site';
import { guesses } from '../../figures/guess/guesses.svelte';
import { progress } from '../../lesson/progress.svelte';
import { theme } from '../../ui/theme.svelte';
import type { KeptThing } from './kept-things';
import { empty } from './places';

/**
 * What of it lives in this tab on every page, and would be written again at the next change: told to let go before its
 * places are emptied. What only one page has says so itself, see `base/forgetting.ts`.
 */
const LET_GO: Partial<Record<KeptId, () => void | Promise<void>>> = {
	photo: () => app.remember(false),
	models: async () => {
		for (const { repo } of app.library.stored) await app.library.forgetKey(repo);
	},
	progress: () => progress.reset(),
	guesses: () => guesses.reset(),
	settings: () => {
		theme.choice = 'system';
		app.library.setEndpoint('');
	},
	site: async () => void (await (await navigator.serviceWorker?.getRegistration(siteRoot()))?.unregister())
};

/** Forgets one thing, here and in the browser. @throws whatever the browser says where it does not let go */
export async function forget({ id, places }: KeptThing): Promise<void> {
	await letGoOf(id);
	await LET_GO[id]?.();
	for (const place of places) await empty(place);
	if (id === 'models') {
		app.library.numbered.open();
		await app.library.look();
	}
}
