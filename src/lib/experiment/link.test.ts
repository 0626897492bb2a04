import { describe, expect, it } from 'vitest';
import type { Edit } from '../engine/edits/edit';
import { shuffled } from '../base/shuffled';
import { formatEdits, readEdits } from './link';

const EDITS: Edit[] = [
	{ tap: 'pixel_values', tokens: [{ rows: [1, 3], columns: [4, 9] }, 12], do: 'zero' },
	{ tap: 'blocks.3.attn.scores', head: [0, 2], do: 'scale', by: 0.25 },
	{ tap: 'pixel_values', tokens: 'patches', do: 'permute', order: shuffled(196, 5) },
	{ tap: 'blocks.4.out', tokens: [0], do: 'replace', run: 'sample:a "quoted" & 100 % one#two' }
];

describe('the edits of a link', () => {
	it('come back as they were, through an address', () => {
		const url = new URL(`https://example.org/experiment/?model=a#${formatEdits(EDITS)}`);
		expect(readEdits(url.hash)).toEqual(EDITS);
		expect([...url.searchParams.keys()]).toEqual(['model']);
	});

	it('are none where nothing is changed, or something else stands there', () => {
		expect(formatEdits([])).toBe('');
		for (const hash of ['', '#', '#predictions', '#edits']) expect(readEdits(hash)).toEqual([]);
	});

	it.each(['#edits=', '#edits=%5B%7B%22tap', '#edits=%E0%A4', '#edits=nonsense'])('are damaged in %s', (hash) => {
		expect(() => readEdits(hash)).toThrow('cut off or damaged');
	});

	it('are refused by name where they are no edits', () => {
		const hash = `#edits=${encodeURIComponent('[{"tap":"norm","do":"explode"}]')}`;
		expect(() => readEdits(hash)).toThrow('Edit 1 does not say what to do');
	});
});
