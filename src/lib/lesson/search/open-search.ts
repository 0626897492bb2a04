import { mount, unmount } from 'svelte';

/**
 * Opens the search until it is closed. This file stands between, so that pages need not carry the list of all files that
 * the search is made of: whoever imports a component when it is needed is given that list by the bundler.
 * @param noSlash under which it is kept that the key `/` does not open it
 * @throws whatever the network says
 */
export async function openSearch(noSlash: string): Promise<void> {
	// Whoever is in a dialog, this one or another, leaves that first.
	if (document.querySelector('dialog[open]')) return;
	const { default: SearchDialog } = await import('./SearchDialog.svelte');
	const onclose = () => void unmount(dialog);
	const dialog = mount(SearchDialog, { target: document.body, props: { noSlash, onclose } });
}
