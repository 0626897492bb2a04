/** The figures of the chapters that are translated, and what all figures share; the others are in English. */
export const FIGURES = ['kit', 'pipeline', 'machine', 'embedding-space', 'patches', 'reshape', 'poster'];
