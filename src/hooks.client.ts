import { carriedBy, linkIn } from '$lib/app/at-once';

/** Milliseconds for which a page that is seen already waits with being put to work. */
const PATIENCE = 100;

/**
 * Runs before the page is put to work, which takes longer than a photo takes to be read: where it comes at once, the model
 * runs on it meanwhile.
 */
export async function init(): Promise<void> {
	const carried = carriedBy(document);
	if (carried === null) return;
	const link = linkIn(new URLSearchParams(location.search), carried);
	const { app } = await import('$lib/app/app.svelte');
	app.begin(link);
	await Promise.race([app.session.asked, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}
