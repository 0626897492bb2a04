import { describe, expect, it } from 'vitest';
import { relativeDifference, madeUpRun } from '../kit/testing';
import {
	atTemperature,
	crossEntropy,
	divergence,
	hardLoss,
	likeliest,
	softLoss,
	SOFT_SHARE,
	teacherOf,
	temper
} from './distil';
import { figure } from './figure';

describe('the attributes', () => {
	it('make a full state without any, and unknown ones are refused', () => {
		expect(figure.parse({})).toEqual({
			part: 'losses',
			method: 'soft',
			label: 0,
			teacher: 0,
			sure: 80,
			temperature: 3
		});
		expect(figure.parse({ method: 'hard', teacher: '2', sure: '100' })).toMatchObject({ teacher: 2, sure: 99 });
		expect(figure.parse({ part: 'tokens' }).part).toBe('tokens');
		expect(() => figure.parse({ lambda: '1' })).toThrow(/lambda/);
	});
});

describe('losses of two classes', () => {
	const student = [0.25, 0.75];
	const logits = student.map(Math.log);

	it('cross-entropy is the surprise at the right class', () => {
		expect(crossEntropy(student, 0)).toBeCloseTo(Math.log(4));
		expect(crossEntropy([0, 1], 1)).toBeCloseTo(0);
		expect(crossEntropy([0, 1], 0)).toBeGreaterThan(20);
	});

	it('the divergence is nothing between equals, and is not symmetric', () => {
		expect(divergence(student, student)).toBeCloseTo(0);
		expect(divergence([0.5, 0.5], student)).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3));
		expect(divergence([1, 0], student)).toBeCloseTo(Math.log(4));
	});

	it('a temperature makes probabilities more even, from logits and from probabilities alike', () => {
		expect([...atTemperature(logits, 1)]).toEqual([expect.closeTo(0.25), expect.closeTo(0.75)]);
		const [less = 0, more = 0] = temper(student, 2);
		expect(more / less).toBeCloseTo(Math.sqrt(3));
		expect(atTemperature(logits, 2)[0]).toBeCloseTo(less);
	});

	it('a soft loss weighs both parts, and the square of the temperature', () => {
		const { label, teacher, total } = softLoss(logits, [0.5, 0.5], 1, 2);
		expect(label).toBeCloseTo(Math.log(4 / 3));
		expect(teacher).toBeCloseTo(divergence([0.5, 0.5], atTemperature(logits, 2)));
		expect(total).toBeCloseTo((1 - SOFT_SHARE) * label + SOFT_SHARE * 4 * teacher);
	});

	it('a hard loss is the mean of two cross-entropies', () => {
		expect(hardLoss(logits, 0, 1)).toEqual({
			label: expect.closeTo(Math.log(4 / 3)),
			teacher: expect.closeTo(Math.log(4)),
			total: expect.closeTo((Math.log(4 / 3) + Math.log(4)) / 2)
		});
	});
});

describe('a made-up teacher', () => {
	it('is as sure as it is told, and leaves the others in proportion', () => {
		expect([...teacherOf([0.5, 0.3, 0.2], 0, 0.8)]).toEqual([0.8, expect.closeTo(0.12), expect.closeTo(0.08)]);
	});

	it('spreads the rest evenly when the student gives the others nothing', () => {
		expect([...teacherOf([1, 0, 0], 0, 0.8)]).toEqual([0.8, expect.closeTo(0.1), expect.closeTo(0.1)]);
	});
});

it('finds the likeliest class', () => {
	expect(likeliest([0.2, 0.5, 0.3])).toBe(1);
});

describe('against the engine', () => {
	it('logits at temperature 1 are its probabilities', async () => {
		const { tap } = await madeUpRun(() => ['logits', 'probabilities']);
		expect(relativeDifference(atTemperature(tap('logits').data, 1), tap('probabilities').data)).toBeLessThan(1e-5);
	});
});
