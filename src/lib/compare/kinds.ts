/** What is held against what: two models on one photo, two photos in one model, or two heads of one run. */
export const KINDS = ['models', 'photos', 'heads'] as const;
export type Kind = (typeof KINDS)[number];

/** The panels, as they are called on the page. */
export const NAMES = ['A', 'B'] as const;
export type Name = (typeof NAMES)[number];
