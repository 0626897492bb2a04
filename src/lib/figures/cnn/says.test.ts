import { describe, expect, it } from 'vitest';
import { halvesWords, holdHalf, kindsWords } from './says';

describe('the kinds of heads of a block', () => {
	it('are told by half of the distance of even attention', () => {
		expect(kindsWords([10, 49, 51], 100, 2)).toMatch(
			/in block 3, 2 of 3 heads look nearby.* and 1 looks further\. There are both/
		);
		expect(kindsWords([60, 70], 100, 0)).toMatch(/0 of 2 heads .* 2 look further\. There is only one kind/);
		expect(kindsWords([60], 100, 0)).toBe('');
	});
});

describe('on how few patches half of it lies', () => {
	it('counts from the largest on', () => {
		expect(holdHalf(Float32Array.of(1, 5, 2, 2))).toBe(1);
		expect(holdHalf(Float32Array.of(1, 1, 1, 1))).toBe(2);
	});

	it('is said of the patch, and of the CNN once that has run', () => {
		const row = Float32Array.of(0.1, 0.1, 0.5, 0.1);
		expect(halvesWords(row, null)).toBe('Here: half of what this patch gives to patches goes to 1 of 4.');
		expect(halvesWords(row, Float32Array.of(0.25, 0.25, 0.25, 0.25))).toMatch(
			/goes to 1 of 4; half of .* lies on 2\.$/
		);
		expect(halvesWords(new Float32Array(4), null)).toBe('');
	});
});
