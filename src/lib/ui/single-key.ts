import { readChoice } from '../base/kept-choice';

/**
 * Under which it is kept that keys of one letter or sign open nothing: who speaks to their computer may not want them to
 * (WCAG 2.2, 2.1.4).
 */
export const NO_SINGLE_KEYS = 'patchwork.no-slash';

/** Whether this is that one key, pressed for the page: not within what is being typed, and not where the reader turned it off. */
export function isSingleKey(event: KeyboardEvent, key: string): boolean {
	const { ctrlKey, metaKey, altKey, target } = event;
	return event.key === key && !ctrlKey && !metaKey && !altKey && !isTyped(target) && !readChoice(NO_SINGLE_KEYS);
}

/** Kinds of `input` that take no letters, so that a key that is pressed in one is meant for the page. */
const NOT_TYPED = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];

const TYPED = [
	`input:not(${NOT_TYPED.map((type) => `[type='${type}']`).join(', ')})`,
	'textarea',
	'select',
	"[contenteditable]:not([contenteditable='false'])"
].join(', ');

const isTyped = (target: EventTarget | null) => target instanceof Element && target.matches(TYPED);
