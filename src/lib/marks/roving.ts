import type { Attachment } from 'svelte/attachments';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** Where a key leads among so many buttons; null for a key that means nothing here. */
export function movedTo(at: number, key: string, length: number): number | null {
	if (length === 0) return null;
	if (key === 'Home') return 0;
	if (key === 'End') return length - 1;
	const step = STEPS[key];
	return step === undefined ? null : Math.max(0, Math.min(length - 1, at + step));
}

/**
 * Makes the buttons in an element one stop of the Tab key, with arrow keys, Home and End among them. The stop is the
 * button that had the focus last; until then, the one that is current or pressed; else the first.
 */
export const roving: Attachment<HTMLElement> = (element) => {
	let last: HTMLElement | null = null;
	const buttons = () => [...element.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];

	function settle() {
		const all = buttons();
		const chosen = all.find((one) => one.matches('[aria-current]:not([aria-current="false"]), [aria-pressed="true"]'));
		const stop = all.find((one) => one === last) ?? chosen ?? all[0];
		for (const one of all) one.tabIndex = one === stop ? 0 : -1;
	}

	function onfocusin({ target }: FocusEvent) {
		last = buttons().find((one) => one === target) ?? last;
		settle();
	}

	function onfocusout({ relatedTarget }: FocusEvent) {
		if (!(relatedTarget instanceof Node) || !element.contains(relatedTarget)) last = null;
		settle();
	}

	function onkeydown(event: KeyboardEvent) {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const all = buttons();
		const at = all.findIndex((one) => one === event.target);
		const next = at < 0 ? null : movedTo(at, event.key, all.length);
		if (next === null) return;
		event.preventDefault();
		all[next]?.focus();
	}

	settle();
	const watch = new MutationObserver(settle);
	watch.observe(element, {
		childList: true,
		subtree: true,
		attributeFilter: ['aria-current', 'aria-pressed', 'disabled']
	});
	element.addEventListener('focusin', onfocusin);
	element.addEventListener('focusout', onfocusout);
	element.addEventListener('keydown', onkeydown);
	return () => {
		watch.disconnect();
		element.removeEventListener('focusin', onfocusin);
		element.removeEventListener('focusout', onfocusout);
		element.removeEventListener('keydown', onkeydown);
	};
};
