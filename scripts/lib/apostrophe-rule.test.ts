import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { isStraight, typographicApostrophes } from './apostrophe-rule.js';

describe('apostrophes', () => {
	it.each([
		["the model's own", true],
		["these don't", true],
		['the model’s own', false],
		["write 'b c' for 's'", false],
		["rearrange(x, 'b c -> c b')", false]
	])('%s', (text, straight) => expect(isStraight(text)).toBe(straight));

	it('are found in texts and templates, and not in comments', () => {
		const plugins = { house: { rules: { apostrophes: typographicApostrophes } } };
		const found = new Linter().verify("// it's\nconst a = \"it's\"; const b = `${a} isn't`;", {
			plugins,
			rules: { 'house/apostrophes': 'error' }
		} as Linter.Config);
		expect(found.map(({ line, column }) => [line, column])).toEqual([
			[2, 11],
			[2, 33]
		]);
	});
});
