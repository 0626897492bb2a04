import { describe, expect, it } from 'vitest';
import { isInEnglish, isShared } from './in-english.js';

describe('what is in English in every build', () => {
	it.each([
		['/site/src/lib/figures/attention/words.ts', true],
		['/site/src/lib/marks/numbers.ts?in-english', true],
		['/site/src/lib/figures/kit/ways.ts', false],
		['/site/src/lib/figures/patches/figure.ts', false],
		['/site/src/lib/figures/figure.ts', false]
	])('%s: %s', (id, english) => expect(isInEnglish(id)).toBe(english));

	it.each([
		['/site/src/lib/marks/numbers.ts', true],
		['/site/src/lib/marks/ClassBars.svelte', true],
		['/site/src/lib/views/words.ts', true],
		['/site/src/lib/views/windows/words.ts', true],
		['/site/src/lib/base/numbers.ts', true],
		// There is one context of the tables, whoever offers one.
		['/site/src/lib/marks/tables.svelte.ts', false],
		['/site/src/lib/app/app.svelte.ts', false],
		['/site/src/lib/base/errors.ts', false]
	])('may be there twice, %s: %s', (id, twice) => expect(isShared(id)).toBe(twice));
});
