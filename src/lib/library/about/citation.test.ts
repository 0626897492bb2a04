import { describe, expect, it } from 'vitest';
import { bibtex, plainCitation } from './citation';

const cited = {
	title: 'Patchwork: a ViT',
	version: '0.1.0',
	year: 2026,
	url: 'https://a.example/patchwork/',
	licence: 'Apache-2.0'
};

describe('a citation', () => {
	it('is an entry that BibTeX reads: braces that match, no comma before the last one', () => {
		expect(bibtex(cited)).toBe(
			[
				'@misc{patchwork2026,',
				'  author       = {{The Patchwork contributors}},',
				'  title        = {{Patchwork: a ViT}},',
				'  year         = {2026},',
				'  note         = {Version 0.1.0, Apache-2.0},',
				'  howpublished = {\\url{https://a.example/patchwork/}}',
				'}'
			].join('\n')
		);
	});

	it('is a sentence as well', () => {
		expect(plainCitation(cited)).toBe(
			'The Patchwork contributors (2026). Patchwork: a ViT (version 0.1.0; Apache-2.0). https://a.example/patchwork/'
		);
	});

	it('says nothing of an address that nobody knows', () => {
		expect(bibtex({ ...cited, url: '' })).not.toContain('howpublished');
		expect(plainCitation({ ...cited, url: '' })).toMatch(/Apache-2\.0\)\.$/);
	});
});
