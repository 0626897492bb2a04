import { describe, expect, it } from 'vitest';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { sizeFields, sizesOf, tryPattern } from './playground';
import { PRESETS, presetOf } from './presets';
import { startOf, type State } from './figure';

const typing = (pattern: string, change: Partial<State> = {}): State => ({
	...startOf('patchify', 'merge'),
	pattern,
	...change
});
const fieldsOf = (state: State) => sizeFields(state, SMALL_CONFIG).map(({ name, value }) => `${name}=${value}`);
const p = SMALL_CONFIG.patchSize;

describe('sizeFields', () => {
	it('asks for the parts of composed axes, with the sizes of the preset', () => {
		expect(fieldsOf(startOf('patchify', 'input'))).toEqual(['h=', `p1=${p}`, 'w=', `p2=${p}`]);
	});

	it('prefers what is typed, even nothing', () => {
		expect(fieldsOf(typing('b c (h p1) w -> b', { typed: { p1: '', h: '2' } }))).toEqual(['h=2', 'p1=']);
	});

	it('asks for new axes of a repeat only', () => {
		expect(fieldsOf(typing('a -> a r 2', { operation: 'repeat' }))).toEqual(['r=']);
		expect(fieldsOf(typing('a -> a r'))).toEqual([]);
	});

	it('goes on while the pattern is wrong', () => {
		expect(fieldsOf(typing('b c (h p1'))).toEqual(['h=', `p1=${p}`]);
		expect(fieldsOf(typing('(a b) constructor (a'))).toEqual(['a=', 'b=']);
	});

	it('gives no size for an empty field', () => {
		expect(
			sizesOf([
				{ name: 'a', value: ' ' },
				{ name: 'b', value: '3' }
			])
		).toEqual({ b: 3 });
	});
});

describe('tryPattern', () => {
	it.each(PRESETS.map(({ id }) => id))('the preset %s works', (id) => {
		const outcome = tryPattern(startOf(id, 'input'), SMALL_CONFIG);
		expect(outcome).toHaveProperty('working');
	});

	it('gives the patches of the model for the first preset', () => {
		const outcome = tryPattern(startOf('patchify', 'input'), SMALL_CONFIG);
		const [height, width] = SMALL_CONFIG.imageSize;
		const patches = (height / p) * (width / p);
		expect('working' in outcome && outcome.working.plan.outShape).toEqual([1, patches, 3 * p * p]);
	});

	it('gives the error of a wrong one', () => {
		const outcome = tryPattern(typing('b c h -> b c h'), SMALL_CONFIG);
		expect('error' in outcome && outcome.error.sentence).toMatch(/names 3 axes, but the input has 4/);
	});

	it('passes on a size that is no number', () => {
		const outcome = tryPattern(typing('b c (h p1) w -> b c h p1 w', { typed: { p1: '1.5' } }), SMALL_CONFIG);
		expect('error' in outcome && outcome.error.sentence).toMatch(/p1 = 1.5 is no length/);
	});
});

it('names the presets that there are when one is not', () => {
	expect(() => presetOf('nothing')).toThrow(/choose one of patchify/);
});
