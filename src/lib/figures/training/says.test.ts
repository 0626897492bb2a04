import { describe, expect, it } from 'vitest';
import type { Stretch } from './recorded';
import { hardestWords, turnsWords } from './says';

const stretch = (phase: Stretch['phase'], errors: Stretch['errors']): Stretch => ({ seen: 1, phase, errors });
const of = (...stretches: Stretch[]) => hardestWords({ stretches, agreements: [] });

describe('the turns of a training', () => {
	const seen = (thousands: number, phase: Stretch['phase']): Stretch => ({ seen: 1000 * thousands, phase, errors: {} });
	const parts = seen(1, 'parts');

	it('are told with the parts that learned once more after the whole', () => {
		expect(turnsWords({ stretches: [parts, seen(2, 'whole'), seen(3, 'parts'), seen(4, 'parts'), seen(5, 'whole')] })).toMatch(
			/right of it the whole runs on its own, except from 3k to 4k views, where the parts once more learned one by one\.$/
		);
		expect(turnsWords({ stretches: [parts, seen(2, 'whole')] })).toMatch(/right of it the whole runs on its own\.$/);
		expect(turnsWords({ stretches: [parts] })).toBe('Here every part learns by itself from its teacher’s own input.');
	});
});

describe('which parts were hard', () => {
	it('is told from the end of each phase', () => {
		const words = of(
			stretch('parts', { embedding: 0.9, mlp: 0.1 }),
			stretch('parts', { embedding: 0.0123, mlp: 0.256, attention: 0.125, last: 0.001, classes: 0.7 }),
			stretch('whole', { last: 0.9 }),
			stretch('whole', { last: 0.512 })
		);
		expect(words).toMatch(/largest error stayed with “feed-forward parts, mean” \(25\.6 %\) and the smallest with “embedding” \(1\.23 %\)\./);
		expect(words).toMatch(/in the end what the classifier reads is off by 51\.2 %/);
	});

	it('says no more than there is', () => {
		expect(of(stretch('parts', { embedding: 0.02, mlp: 0.25 }))).not.toMatch(/whole/);
		expect(of(stretch('parts', { mlp: 0.25 }))).toBe('');
		expect(of()).toBe('');
	});
});
