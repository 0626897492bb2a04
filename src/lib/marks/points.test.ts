import { describe, expect, it } from 'vitest';
import {
	equalDomains,
	moveOnLines,
	movePoint,
	nearestAcross,
	nearestPoint,
	paddedDomain,
	type LinePoints
} from './points';

const points = [
	{ x: 0, y: 5 },
	{ x: 3, y: 1 },
	{ x: 2, y: 4 },
	{ x: 2, y: 3 }
];

describe('nearestPoint', () => {
	it('is the nearest one', () => {
		expect(nearestPoint(points, 2.2, 3.6)).toBe(2);
		expect(nearestPoint(points, 9, 0)).toBe(1);
	});

	it('is none when all are further than the reach', () => {
		expect(nearestPoint(points, 9, 0, 2)).toBeNull();
		expect(nearestPoint([], 0, 0)).toBeNull();
	});
});

describe('movePoint', () => {
	it.each([
		['ArrowRight', 0, 3],
		['ArrowRight', 3, 2],
		['ArrowLeft', 1, 2],
		['ArrowUp', 1, 3],
		['ArrowDown', 0, 2],
		['Home', 1, 0],
		['End', 0, 1]
	])('%s leads from point %i to %i', (key, from, to) => {
		expect(movePoint(points, from, key)).toBe(to);
	});

	it('stays at the end, and leaves other keys alone', () => {
		expect(movePoint(points, 1, 'ArrowRight')).toBe(1);
		expect(movePoint(points, 1, 'x')).toBeNull();
	});

	it('reaches every point, those at the same place too', () => {
		const same = [...points, { x: 2, y: 3 }];
		const visited = new Set([0]);
		for (let i = 0, at = 0; i < same.length; i++) visited.add((at = movePoint(same, at, 'ArrowRight') ?? -1));
		expect(visited.size).toBe(same.length);
	});
});

describe('moveOnLines', () => {
	const lines: LinePoints[] = [
		[
			[0, 1],
			[1, 1],
			[2, 9]
		],
		[
			[0, 5],
			[2, 5]
		],
		[]
	];

	it.each([
		['ArrowRight', { line: 0, index: 0 }, { line: 0, index: 1 }],
		['ArrowLeft', { line: 0, index: 0 }, { line: 0, index: 0 }],
		['End', { line: 0, index: 0 }, { line: 0, index: 2 }],
		['Home', { line: 0, index: 2 }, { line: 0, index: 0 }],
		['ArrowUp', { line: 0, index: 0 }, { line: 1, index: 0 }],
		['ArrowUp', { line: 1, index: 1 }, { line: 0, index: 2 }],
		['ArrowDown', { line: 0, index: 0 }, { line: 0, index: 0 }]
	])('%s leads from %o to %o', (key, from, to) => {
		expect(moveOnLines(lines, from, key)).toEqual(to);
	});

	it('leaves other keys alone', () => {
		expect(moveOnLines(lines, { line: 0, index: 0 }, 'Tab')).toBeNull();
	});

	it('finds the point that is nearest across', () => {
		expect(nearestAcross(lines[0] ?? [], 1.2)).toBe(1);
		expect(nearestAcross([], 1)).toBe(0);
	});
});

describe('domains', () => {
	it('leave a margin', () => {
		expect(paddedDomain([0, 100])).toEqual([-8, 108]);
		expect(paddedDomain([3])).toEqual([2.5, 3.5]);
		expect(paddedDomain([])).toEqual([0, 1]);
	});

	it('grow until a unit is as long across as down', () => {
		expect(equalDomains([0, 10], [0, 10], 200, 100)).toEqual([
			[-5, 15],
			[0, 10]
		]);
		expect(equalDomains([0, 10], [0, 30], 100, 100)).toEqual([
			[-10, 20],
			[0, 30]
		]);
	});
});
