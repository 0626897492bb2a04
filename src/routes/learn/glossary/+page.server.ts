import { glossary } from '$lib/content/index.server';

export const load = async () => ({ terms: await glossary() });
