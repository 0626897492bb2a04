import { expect, it } from 'vitest';
import { threadsWithin } from './threads';

it.each([
	{ asked: 1, cores: 8, run: 1 },
	{ asked: 3, cores: 8, run: 3 },
	{ asked: 16, cores: 4, run: 4 },
	{ asked: 2, cores: 1, run: 2 },
	{ asked: 99, cores: 64, run: 16 }
])('$asked threads on $cores cores are $run', ({ asked, cores, run }) => {
	expect(threadsWithin(asked, cores)).toBe(run);
});
