import { createContext } from 'svelte';
import type { Changes } from './changes.svelte';

/** What the reader changes on a page, for the page's parts. */
export const [useChanges, provideChanges] = createContext<Changes>();
