import { describe, expect, it } from 'vitest';
import { plan, type Plan } from '../../engine/einops/plan';
import type { Operation } from '../../engine/einops/check';
import { stepIndex, stepsOf } from './steps';

const made = (operation: Operation, pattern: string, shape: number[], sizes = {}): Plan =>
	plan(operation, { op: operation, pattern, shape, sizes });
const short = (made: Plan) => stepsOf(made, 'mean').map(({ kind, shape, code }) => [kind, shape.join(' '), code]);

describe('stepsOf', () => {
	it('splits, transposes and merges', () => {
		const patches = made('rearrange', 'b c (h p1) (w p2) -> b (h w) (p1 p2 c)', [1, 3, 4, 6], { p1: 2, p2: 2 });
		expect(short(patches)).toEqual([
			['input', '1 3 4 6', ''],
			['split', '1 3 2 2 3 2', 'x = x.reshape(1, 3, 2, 2, 3, 2)'],
			['transpose', '1 2 3 2 2 3', 'x = x.transpose(0, 2, 4, 3, 5, 1)'],
			['merge', '1 6 12', 'x = x.reshape(1, 6, 12)']
		]);
	});

	it('leaves out what would change nothing', () => {
		expect(short(made('rearrange', 'a b -> a b', [2, 3]))).toEqual([['input', '2 3', '']]);
		expect(short(made('rearrange', 'a b -> b a', [2, 3]))).toEqual([
			['input', '2 3', ''],
			['transpose', '3 2', 'x = x.transpose(1, 0)']
		]);
	});

	it('puts reduced axes last and reduces them there', () => {
		expect(short(made('reduce', 'c (h 2) w -> w c', [3, 4, 5]))).toEqual([
			['input', '3 4 5', ''],
			['split', '3 2 2 5', 'x = x.reshape(3, 2, 2, 5)'],
			['transpose', '5 3 2 2', 'x = x.transpose(3, 0, 1, 2)'],
			['reduce', '5 3', 'x = x.mean(axis=(2, 3))']
		]);
	});

	it('repeats before it merges', () => {
		expect(short(made('repeat', 'a b -> (a r) b', [2, 3], { r: 2 }))).toEqual([
			['input', '2 3', ''],
			['repeat', '2 2 3', 'x = np.broadcast_to(x[:, None, :], (2, 2, 3))'],
			['merge', '4 3', 'x = x.reshape(4, 3)']
		]);
	});

	it('writes NumPy that is right where only one axis, or none, is left', () => {
		expect(short(made('reduce', 'a -> ', [2]))).toEqual([
			['input', '2', ''],
			['reduce', '', 'x = x.mean(axis=(0,))']
		]);
		expect(short(made('rearrange', '1 ->', [1])).map(([, , code]) => code)).toEqual(['', 'x = x.reshape(())']);
	});
});

describe('stepIndex', () => {
	it('finds the step, or the last before where it would be', () => {
		const steps = stepsOf(made('rearrange', '(a b) -> b a', [6], { a: 2 }), 'mean');
		expect(steps.map(({ kind }) => kind)).toEqual(['input', 'split', 'transpose']);
		expect(stepIndex(steps, 'split')).toBe(1);
		expect(stepIndex(steps, 'merge')).toBe(2);
		expect(stepIndex(steps, 'input')).toBe(0);
	});
});
