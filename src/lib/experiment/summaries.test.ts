import { describe, expect, it } from 'vitest';
import { patchGrid } from '../engine/config';
import { anatomyOf, groupsOf, pictureOf } from '../engine/families';
import { SMALL_CONFIG } from '../engine/testing/small';
import type { Sample } from '../photo/manifest';
import { brushGrid } from '../tools/brush';
import { editWords } from '../tools/edit-words';
import { INTERVENTIONS, type About, type Choice } from './interventions';

const anatomy = anatomyOf(SMALL_CONFIG);
const grid = brushGrid(patchGrid(SMALL_CONFIG), anatomy.prefix.length);
const samples = [{ id: 'owl', title: 'An owl' } as Sample];
const about: About = {
	...{ anatomy, grid, groups: groupsOf(SMALL_CONFIG), picture: pictureOf(SMALL_CONFIG) },
	samples: ['owl', 'dog']
};
const CHOICE: Choice = { block: 0, head: 1, token: 0, from: 3, sample: 'owl', temperature: 4, seed: 1 };

function summary(id: string, choice: Partial<Choice> = {}): string[] {
	const one = INTERVENTIONS.find((each) => each.id === id);
	const edits = one?.edits({ ...CHOICE, ...choice }, about) ?? [];
	return edits.map((edit) => editWords(edit, { grid, samples, prefix: ['CLS'] }));
}

describe('what an experiment says of each of its changes', () => {
	it.each([
		['shuffle', 'Pixels of the patches in another order'],
		['no-positions', 'Positions set to zero'],
		['shuffle-positions', 'Positions of the patches in another order'],
		['transpose-positions', 'Positions of the patches in another order'],
		['cls-zero', 'Learned CLS vector set to zero'],
		['cls-mean', 'CLS after the last norm replaced by the mean of the patches'],
		['no-registers', 'Every block: attention to the registers closed'],
		['head-zero', 'Block 1, head 2: output of the heads set to zero'],
		['head-uniform', 'Block 1, head 2: attention pattern the same for every key'],
		['head-mean', 'Block 1, head 2: output of the heads replaced by the mean over this photo and 2 others'],
		['temperature', 'Block 1, head 2: softmax at temperature 4'],
		['hide-key', 'Block 1, head 2: attention to CLS closed'],
		['value-zero', 'Block 1, head 2: values of CLS set to zero'],
		['skip', 'Block 1: passed by'],
		['no-attention', 'Block 1: attention’s part of the sum set to zero'],
		['no-mlp', 'Block 1: feed-forward part of the sum set to zero'],
		['patch-in', 'Block 1: CLS after the block replaced by what “An owl” has there']
	])('%s: %s', (id, words) => expect(summary(id)).toEqual([words]));

	it('names both places where a patch gets another’s position', () => {
		expect(summary('other-position', { token: 1 })).toEqual([
			'Position of the patch in row 1, column 1 replaced by that of the patch in row 1, column 3'
		]);
	});

	it('covers all of them', () => expect(INTERVENTIONS).toHaveLength(18));
});

describe('a choice that would change nothing', () => {
	const idle = (id: string, choice: Partial<Choice>) =>
		INTERVENTIONS.find((one) => one.id === id)?.idle?.({ ...CHOICE, ...choice });

	it('is told why', () => {
		expect(idle('other-position', { token: 3, from: 3 })).toMatch(/choose another place\.$/);
		expect(idle('other-position', { token: 3, from: 2 })).toBeNull();
		expect(idle('temperature', { temperature: 1 })).toMatch(/choose another temperature\.$/);
		expect(idle('temperature', { temperature: 2 })).toBeNull();
	});
});
