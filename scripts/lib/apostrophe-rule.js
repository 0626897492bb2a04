/** A letter, a typewriter's apostrophe and what follows one within a word or at its end: `don't`, `the model's`. */
const STRAIGHT = /\p{L}'(?:s|t|re|ve|ll|d|m)\b/u;

/** Whether a text has a typewriter's apostrophe where readers are shown `’`. @param {string} text */
export const isStraight = (text) => STRAIGHT.test(text);

/**
 * An ESLint rule (version 10) for texts in code and in markup: an apostrophe is written as it is shown. Prose in
 * `content/` may be typed either way: the build shows it so (`src/lib/content/typography.ts`).
 */
export const typographicApostrophes = {
	meta: { type: 'problem', schema: [], docs: { description: 'apostrophes are written as they are shown' } },
	/** @param {import('eslint').Rule.RuleContext} context */
	create(context) {
		/** @param {import('estree').Node} node @param {unknown} text */
		const check = (node, text) => {
			if (typeof text !== 'string' || !isStraight(text)) return;
			context.report({ node, message: 'An apostrophe that is shown is written ’, not a typewriter’s.' });
		};
		/** @param {import('estree').Node & { value?: unknown }} node */
		const ofValue = (node) => check(node, node.value);
		return {
			Literal: ofValue,
			SvelteLiteral: ofValue,
			/** @param {import('estree').TemplateElement} node */
			TemplateElement: (node) => check(node, node.value.cooked),
			/** @param {import('estree').Node & { value: string, parent: { type: string } }} node */
			SvelteText: (node) => node.parent.type === 'SvelteStyleElement' || ofValue(node)
		};
	}
};
