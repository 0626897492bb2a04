import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { groundOf } from './ground';
import { faultsOf, lengthOf, type Ground, type Walk } from './walk';
import { WALKS } from './walks';

/** Four files: a draws b, hands c to b, and starts d. */
const GROUND: Ground = {
	imports: (from, to) => ['a b', 'a c', 'b e'].includes(`${from} ${to}`),
	runs: (from, to) => ['a b', 'a c'].includes(`${from} ${to}`),
	startsWorker: (from, to) => `${from} ${to}` === 'a d',
	says: (file, word) => ['a draw', 'a post', 'b take'].includes(`${file} ${word}`)
};

const WALK: Walk = {
	title: 'a thing',
	start: 'a',
	end: 'd',
	hops: [
		{ from: 'a', to: 'b', by: 'draw' },
		{ from: 'b', to: 'c', by: 'take', via: 'a', beside: true },
		{ from: 'a', to: 'd', by: 'post', how: 'worker' }
	]
};

const withHop = (hop: Walk['hops'][number]): Walk => ({ ...WALK, hops: [...WALK.hops, hop] });

describe('a walk', () => {
	it('is borne out by the code where every hop is made', () => expect(faultsOf(WALK, GROUND)).toEqual([]));

	it('may go by what is given, where types say what that is', () => {
		expect(faultsOf(withHop({ from: 'b', to: 'e', by: 'take', via: 'a' }), GROUND)).toEqual([]);
	});

	it.each([
		[{ from: 'a', to: 'e', by: 'draw' }, 'a -> e: a does not import e.'],
		[{ from: 'b', to: 'e', by: 'take' }, 'b -> e: b does not import e.'],
		[{ from: 'a', to: 'b', by: 'paint' }, "a -> b: a does not say 'paint'."],
		[{ from: 'b', to: 'd', by: 'take', via: 'a' }, 'b -> d: a does not hand it over.'],
		[{ from: 'a', to: 'b', by: 'draw', how: 'worker' }, 'a -> b: it is not started as a worker there.'],
		[{ from: 'b', to: 'a', by: 'take', how: 'state' }, "b -> a: a does not say 'take'."],
		[{ from: 'x', to: 'b', by: 'draw' }, 'x -> b: no hop before leads there.']
	] as const)('is not with %j', (hop, fault) => expect(faultsOf(withHop(hop), GROUND)).toEqual([fault]));

	it('has to arrive', () => {
		expect(faultsOf({ ...WALK, end: 'z' }, GROUND)).toEqual(['The walk never comes to z.']);
	});

	it('counts each file once, those beside it and the arithmetic apart', () => {
		const twice = withHop({ from: 'b', to: 'a', by: 'take' });
		const longer = { ...twice, hops: [...twice.hops, { from: 'a', to: 'engine/ops/linear.ts', by: 'draw' }] };
		expect(lengthOf(longer)).toEqual({ through: 3, ops: 1, beside: 1 });
	});
});

describe('the walks of today', () => {
	const ground = groundOf(resolve('src'));

	it.each(WALKS.map((walk) => [walk.title, walk] as const))('%s: every hop is made', (_, walk) =>
		expect(faultsOf(walk, ground)).toEqual([])
	);
});
