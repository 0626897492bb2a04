import { createContext } from 'svelte';
import type { Comparison } from './comparison.svelte';

/** The comparison that the parts of a page show. */
export const [useComparison, provideComparison] = createContext<Comparison>();
