/** Keeps a number on one line with its sign or unit: no line begins with `%`. */
const keepTogether = (text: string) => text.replace(/(?<=\d) (?=%|px\b|×)|(?<=×) (?=\d)/g, '\u00a0');

/** What stands after a letter or a number is an apostrophe: quotation marks are typed as they are shown. */
const curly = (text: string) => text.replace(/(?<=[\p{L}\p{N}])'/gu, '’');

/** Text between marks as it is shown, however it was typed. Not for code, formulas or addresses. */
export const asShown = (text: string): string => curly(keepTogether(text));
