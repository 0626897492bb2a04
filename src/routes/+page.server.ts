import { firstLook } from './first-look.server';

/** Read at build: the first picture then comes with the page itself. */
export const load = async () => ({ look: await firstLook('static') });
