/** Under which it is kept that `/` is not to open the search: those who speak to their computer may not want one key to. */
export const NO_SLASH = 'patchwork.no-slash';
