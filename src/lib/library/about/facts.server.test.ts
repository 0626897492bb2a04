import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MODELS } from '../../models/chosen';
import { byLicence, readFacts, reportsTo, yearOf } from './facts.server';

describe('what /about says', () => {
	const facts = readFacts();

	it('has a licence for every library, every photo and every bundled model', () => {
		expect(facts.libraries.flatMap(({ names }) => names)).toContain('minisearch');
		expect([...facts.libraries, ...facts.photos].every(({ licence }) => licence !== '')).toBe(true);
		const { samples } = JSON.parse(readFileSync('static/samples/samples.json', 'utf8')) as { samples: unknown[] };
		expect(facts.photos.flatMap(({ names }) => names)).toHaveLength(samples.length);
		expect(facts.models.filter(({ bundled }) => bundled).every(({ licence }) => licence !== null)).toBe(true);
	});

	it('comes from package.json and the changelog', () => {
		expect([facts.version, facts.year]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/), expect.any(Number)]);
		expect(yearOf('0.1.0', '# C\n## [0.1.0] - 2026-11-24\n')).toBe(2026);
		expect(() => yearOf('9.9.9', '## [0.1.0] - 2026-11-24')).toThrow('9.9.9');
	});
});

describe('the licence of the bundled weights', () => {
	it.each(MODELS.filter(({ bundled }) => bundled))('of $title is that of its card', ({ id, licence }) => {
		const card = readFileSync(`static/models/${id}/README.md`, 'utf8');
		expect(card.match(/^\| Licence +\| (.+?) +\|$/m)?.[1]).toBe(licence);
	});
});

describe('where a fault is reported', () => {
	it.each([
		[{}, null],
		[{ bugs: 'https://a.example/bugs' }, 'https://a.example/bugs'],
		[{ bugs: { url: 'https://a.example/bugs' }, repository: 'https://a.example' }, 'https://a.example/bugs'],
		[{ repository: { url: 'git+https://a.example/p.git' } }, 'https://a.example/p'],
		// A mail address alone is nothing to link to as a page, and npm's short form names no host.
		[{ bugs: { email: 'a@b.example' }, repository: 'somebody/patchwork' }, null]
	])('%j', (manifest, address) => expect(reportsTo(manifest)).toBe(address));
});

it('gathers what shares a licence', () => {
	expect(
		byLicence([
			['b', 'MIT'],
			['c', 'Apache-2.0'],
			['a', 'MIT']
		])
	).toEqual([
		{ licence: 'Apache-2.0', names: ['c'] },
		{ licence: 'MIT', names: ['a', 'b'] }
	]);
});
