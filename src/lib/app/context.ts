import { getContext, setContext } from 'svelte';
import { app, type App } from './app.svelte';

const KEY = Symbol('app');

/** Puts the parts below the calling component to work for another app than the page's own. */
export function provideApp(other: App): void {
	setContext(KEY, other);
}

/** The app that a part works for: the page's own, unless a component above provides another. */
export function useApp(): App {
	return getContext<App | undefined>(KEY) ?? app;
}
