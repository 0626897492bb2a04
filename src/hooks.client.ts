import { carriedBy, linkIn, unreadIn } from '$lib/app/at-once';

/** Runs before the page is put to work, which takes longer than a model takes to load. */
export function init(): void {
	const carried = carriedBy(document);
	if (carried === null) return;
	const search = new URLSearchParams(location.search);
	const [link, unread] = [linkIn(search, carried), unreadIn(search, carried)];
	void import('$lib/app/app.svelte').then(({ app }) => app.begin(link, unread));
}
