import { mount, unmount } from 'svelte';

/** While the dialog is on its way: who asks again meanwhile is given the same one. */
let coming: Promise<void> | null = null;

/**
 * Opens the search until it is closed. This file stands between, so that pages need not carry the list of all files that
 * the search is made of: whoever imports a component when it is needed is given that list by the bundler.
 * @param noSlash under which it is kept that the key `/` does not open it
 * @throws whatever the network says
 */
export function openSearch(noSlash: string): Promise<void> {
	return (coming ??= open(noSlash).finally(() => (coming = null)));
}

/** Whoever is in a dialog, this one or another, leaves that first. */
const isBusy = () => document.querySelector('dialog[open]') !== null;

async function open(noSlash: string): Promise<void> {
	if (isBusy()) return;
	const { default: SearchDialog } = await import('./SearchDialog.svelte');
	// It may have come slowly, and another have been opened meanwhile.
	if (isBusy()) return;
	const onclose = () => void unmount(dialog);
	const dialog = mount(SearchDialog, { target: document.body, props: { noSlash, onclose } });
}
