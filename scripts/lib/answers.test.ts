import { describe, expect, it } from 'vitest';
import { parseAnswers } from './answers';

const photo = { file: 'owl.jpg', label: 24 };
const parse = (content: unknown) => parseAnswers(JSON.stringify(content), 'answers.json');

describe('parseAnswers', () => {
	it('gives each set by its name, and passes over the rest', () => {
		const samples = { top1: 0.8, photos: [{ ...photo, reference_top5: [[24, 0.9]], crop_sha256: 'ab' }] };
		const val = { photos: [photo] };
		expect(parse({ about: 'in words', samples, val })).toEqual([
			['samples', samples],
			['val', val]
		]);
	});

	it('takes one set at the top', () => {
		expect(parse({ photos: [photo] })).toEqual([['photos', { photos: [photo] }]]);
	});

	it.each([
		[[photo], 'it is not a JSON object'],
		[{ photos: 'owl.jpg' }, '"photos" has no list of photos'],
		[{ val: { photos: [photo, { file: 'owl.jpg' }] } }, 'photo 2 of "val" needs a file and the number of its class'],
		[{ photos: [{ ...photo, label: '24' }] }, 'photo 1 of "photos" needs a file'],
		[{ photos: [{ ...photo, reference_top5: [24] }] }, 'photo 1 of "photos"'],
		[{ photos: [photo], top1: '80 %' }, 'top1 and top5 of "photos" are rates in 0 to 1']
	])('refuses %j', (content, sentence) => {
		expect(() => parse(content)).toThrow(`answers.json cannot be used: ${sentence}`);
	});

	it('refuses what is not JSON', () => {
		expect(() => parseAnswers('{', 'answers.json')).toThrow('answers.json cannot be used: it is not a JSON object.');
	});

	it.each([[{}], [{ about: 'nothing' }], [{ photos: [] }], [{ val: { photos: [] } }]])(
		'says that there is nothing to count in %j',
		(content) => {
			expect(() => parse(content)).toThrow(/^answers\.json lists no photos.*: name at least one\.$/);
		}
	);
});
