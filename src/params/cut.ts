import { CUTS } from '$lib/content/cut';

/** Whether a chapter had this address before it was cut. */
export const match = (slug: string): boolean => Object.hasOwn(CUTS, slug);
