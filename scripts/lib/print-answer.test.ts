import { expect, it } from 'vitest';
import { SMALL_CONFIG } from '../../src/lib/engine/testing/small';
import { answerLines } from './print-answer';

const tap = (...data: number[]) => ({ name: '', shape: [1, data.length], axes: [], data: Float32Array.from(data) });

it.each([
	[
		'softmax',
		[0.2, 0.7, 0.1],
		['a share of the whole for each of 3 classes', '70.0 %  b (1)', '20.0 %  a (0)', '10.0 %  c (2)']
	],
	[
		'sigmoid',
		[0.2, 0.7, 0.6],
		['a probability for each of 3 classes by itself', '70.0 %  b (1)', '60.0 %  c (2)', '20.0 %  a (0)']
	],
	['number', [-2, 7, 0.5], ['3 numbers, not classes', '−2  a (0)', '7  b (1)', '0.5  c (2)']]
] as const)('prints what a %s gives, and what that is', (scores, data, [gives, ...rows]) => {
	const [heading, ...lines] = answerLines(tap(...data), {
		config: { ...SMALL_CONFIG, scores },
		labels: ['a', 'b', 'c']
	});
	expect(heading).toBe(`The model gives ${gives}:`);
	expect(lines.map((line) => line.trim())).toEqual(rows);
});

it('prints the first numbers of a vector, and how many there are', () => {
	const config = { ...SMALL_CONFIG, classes: 0, scores: 'vector' } as const;
	expect(answerLines({ ...tap(1, -2, 0.5, 4), shape: [1, 1, 4] }, { config, labels: null })).toEqual([
		'The model gives no class, but a vector that stands for the picture:',
		'  1 −2 0.5 4'
	]);
});
