import { describe, expect, it } from 'vitest';
import { functionLengths, linesOf, spreadOf } from './lengths';

describe('the length of a function', () => {
	it('is counted from its first word to its brace, for methods and inner ones too', () => {
		const code = [
			'/** Long',
			' * docstring. */',
			'export function outer(): void {', //  5 lines
			'	const inner = () => {', //           3 lines
			'		work();',
			'	};',
			'}',
			'class A {',
			'	get b() {', //                       3 lines
			'		return 1;',
			'	}',
			'	c() { return 2; }', //               1 line
			'}',
			'const short = (x: number) => x + 1;' // one expression
		].join('\n');
		expect(functionLengths(code)).toEqual([5, 3, 3, 1]);
	});

	it('counts a declaration without a body as none', () => {
		expect(functionLengths('interface A { b(): void }\ndeclare function c(): void;')).toEqual([]);
	});
});

describe('lines', () => {
	it.each([
		['a\nb\n', 2],
		['a\nb', 2],
		['', 1]
	])('of %j', (text, lines) => expect(linesOf(text)).toBe(lines));
});

describe('a spread', () => {
	it('gives the middle one and the ninth of ten', () => {
		expect(spreadOf([10, 1, 9, 2, 8, 3, 7, 4, 6, 5])).toEqual({ count: 10, median: 5, p90: 9 });
		expect(spreadOf([7])).toEqual({ count: 1, median: 7, p90: 7 });
	});
});
