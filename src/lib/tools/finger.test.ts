import { expect, it } from 'vitest';
import { intentOf } from './finger';

it.each([
	[3, -4, 'unclear'],
	[2, -30, 'scrolls'],
	[-11, 12, 'scrolls'],
	[30, 4, 'draws'],
	[-12, 12, 'draws']
] as const)('a finger that has gone %i across and %i down %s', (across, down, intent) => {
	expect(intentOf(across, down)).toBe(intent);
});
