/** Where one can stand on the way from the photo to the class. */
export const STOPS = ['photo', 'patches', 'tokens', 'blocks', 'class'] as const;
export type Stop = (typeof STOPS)[number];
