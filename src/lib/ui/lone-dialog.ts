import { mount, unmount, type Component } from 'svelte';

/** While a dialog is on its way: who asks for one meanwhile is given the same. */
let coming: Promise<void> | null = null;

type Closable = { onclose: () => void };

/**
 * Puts a dialog on the page until it is closed, unless another is open. Whoever calls this stands in a file of its own
 * that pages fetch when they need it, so that they need not carry the list of all files that the dialog is made of.
 * @param load fetches its component
 * @param props its own, beside `onclose`
 * @throws whatever the network says
 */
export function openAlone<P extends object>(
	load: () => Promise<{ default: Component<P & Closable> }>,
	props: P
): Promise<void> {
	return (coming ??= open(load, props).finally(() => (coming = null)));
}

/** Whoever is in a dialog, this one or another, leaves that first. */
const isBusy = () => document.querySelector('dialog[open]') !== null;

async function open<P extends object>(
	load: () => Promise<{ default: Component<P & Closable> }>,
	props: P
): Promise<void> {
	if (isBusy()) return;
	const { default: Dialog } = await load();
	// It may have come slowly, and another have been opened meanwhile.
	if (isBusy()) return;
	const onclose = () => void unmount(dialog);
	const dialog = mount(Dialog, { target: document.body, props: { ...props, onclose } });
}
