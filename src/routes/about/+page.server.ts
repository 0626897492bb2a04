import { readFacts } from '$lib/library/about/facts.server';

export const load = () => ({ facts: readFacts() });
