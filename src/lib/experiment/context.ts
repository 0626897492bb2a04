import { createContext } from 'svelte';
import type { Experiment } from './experiment.svelte';

/** The experiment that the parts of a page show. */
export const [useExperiment, provideExperiment] = createContext<Experiment>();
