import { describe, expect, it } from 'vitest';
import { axesOf, parse } from './parse';
import { outAxes, plan, reducedAxes, sourceOf } from './plan';

const request = (pattern: string, shape: number[] = [], sizes = {}) => ({ op: 'rearrange', pattern, shape, sizes });
const cut = (text: string, spans: readonly { start: number; end: number }[]) =>
	spans.map(({ start, end }) => text.slice(start, end));

describe('parse', () => {
	it('knows where every axis and every group stands', () => {
		const text = ' a (bc  2)->(... a)1 bc';
		const { left, right, arrow } = parse(request(text));
		expect(cut(text, [arrow])).toEqual(['->']);
		expect(cut(text, [left.span, right.span])).toEqual([' a (bc  2)', '(... a)1 bc']);
		expect(
			cut(
				text,
				[...left.groups, ...right.groups].map((group) => group.span)
			)
		).toEqual(['a', '(bc  2)', '(... a)', '1', 'bc']);
		expect(
			cut(
				text,
				[...axesOf(left), ...axesOf(right)].map((axis) => axis.span)
			)
		).toEqual(['a', 'bc', '2', '...', 'a', '1', 'bc']);
	});
});

describe('plan', () => {
	const patches = () => plan('rearrange', request('c (h p) (w q) -> (h w) (p q c)', [3, 4, 6], { p: 2, q: 3 }));

	it('resolves lengths and strides, and knows where an axis stands on both sides', () => {
		const { axes, inGroups, outGroups, outShape, pattern } = patches();
		expect(axes.map(({ label, length, stride }) => [label, length, stride])).toEqual([
			['c', 3, 24],
			['h', 2, 12],
			['p', 2, 6],
			['w', 2, 3],
			['q', 3, 1]
		]);
		expect(inGroups).toEqual([[0], [1, 2], [3, 4]]);
		expect(outGroups).toEqual([
			[1, 3],
			[2, 4, 0]
		]);
		expect(outShape).toEqual([4, 18]);
		for (const { label, spans } of axes) expect(cut(pattern.text, spans)).toEqual([label, label]);
	});

	it('says where each element comes from', () => {
		const from = sourceOf(patches());
		// Row 3 is h = 1, w = 1; column 10 is p = 1, q = 0, c = 1.
		expect(from(3 * 18 + 10)).toBe(1 * 24 + 1 * 12 + 1 * 6 + 1 * 3);
		expect(from(0)).toBe(0);
	});

	it('names the axes of an ellipsis, which all stand where it stands', () => {
		const made = plan('rearrange', request('... a -> a ...', [2, 3, 4]));
		expect(outAxes(made).map(({ label, length }) => `${label} ${length}`)).toEqual(['a 4', '...1 2', '...2 3']);
		expect(made.axes.map(({ spans }) => spans.length)).toEqual([2, 2, 2]);
	});

	it('tells the axes apart that are reduced and repeated', () => {
		const pooled = plan('reduce', request('(h 2) w -> h', [4, 3]));
		expect(reducedAxes(pooled).map(({ label, length }) => [label, length])).toEqual([
			['2', 2],
			['w', 3]
		]);
		const repeated = plan('repeat', request('a -> 2 a r', [3], { r: 4 }));
		expect(repeated.axes.map(({ label, role, stride }) => [label, role, stride])).toEqual([
			['a', 'kept', 1],
			['2', 'repeated', 0],
			['r', 'repeated', 0]
		]);
		expect(sourceOf(repeated)(2 * 4 + 3)).toBe(2);
	});
});
