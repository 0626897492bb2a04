import { expect, it } from 'vitest';
import { testWords } from './test-words';

it('says how many were tested, and how little four of them tell', () => {
	// Wilson's interval for 4 of 4 goes from 4 / (4 + 1.96²) to 1.
	expect(testWords('ViT', [25, 1], 4)).toBe(
		'ViT: 4 of 4 right at step 25, 100.0 %; with 95 % confidence between 51.0 % and 100.0 %.'
	);
});

it('has a narrower interval for more', () => {
	expect(testWords('CNN', [400, 0.935], 400)).toBe(
		'CNN: 374 of 400 right at step 400, 93.5 %; with 95 % confidence between 90.6 % and 95.5 %.'
	);
});
