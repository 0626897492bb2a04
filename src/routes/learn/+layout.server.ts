import { chapterLinks, glossary } from '$lib/content/index.server';

/** The contents and the terms, which every page of the lesson needs. */
export const load = async () => ({ chapters: await chapterLinks(), terms: await glossary() });
