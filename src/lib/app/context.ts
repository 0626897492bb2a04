import { getContext, setContext } from 'svelte';
import { inspector, type Inspector } from './app.svelte';

const KEY = Symbol('inspector');

/** Puts the parts below the calling component to work for another inspector than the page's own. */
export function provideInspector(other: Inspector): void {
	setContext(KEY, other);
}

/** The inspector that a part works for: the page's own, unless a component above provides another. */
export function useInspector(): Inspector {
	return getContext<Inspector | undefined>(KEY) ?? inspector;
}
