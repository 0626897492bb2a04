import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { starterTag } from './starter.js';

const first = { id: 'ball', file: 'samples/ball.webp' };

/** What the script asks of the worker that it begins, in a page of this address. */
function askedAt(search: string, { remembers = false, storage = true } = {}): Record<string, string> {
	const html = starterTag('./engine.js', './../', first);
	const dataset = Object.fromEntries(
		[...html.matchAll(/ data-(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value])
	);
	const made: string[] = [];
	runInNewContext(html.replace(/^<script[^>]*>|<\/script>$/g, ''), {
		URL,
		URLSearchParams,
		location: new URL(`https://site.example/base/learn/${search}`),
		document: { currentScript: { dataset } },
		localStorage: {
			getItem() {
				if (!storage) throw new Error('No page may keep anything here.');
				return remembers ? 'yes' : null;
			}
		},
		Worker: function (_address: string, { name }: { name: string }) {
			made.push(name);
		}
	});
	const [name = '', ...more] = made;
	expect(more).toEqual([]);
	return Object.fromEntries(new URLSearchParams(name.split('?')[1]));
}

const site = { start: '', site: 'https://site.example/base/' };

it.each([
	['the first sample, and where it lies', '', { ...site, sample: 'ball', photo: 'samples/ball.webp' }],
	['another sample that the address names, whose place the list knows', '?sample=cat', { ...site, sample: 'cat' }],
	['no sample where a photo of elsewhere is wanted', '?address=https://photos.example/a.png', site],
	['no sample where another size is wanted', '?size=320', site],
	['no model of its own where the address names one', '?model=vit-tiny', { start: '' }],
	['nothing where the address names a backend', '?backend=webgl', {}],
	['nothing where the address names a number of threads', '?threads=2', {}]
])('asks for %s', (_what, search, asked) => {
	expect(askedAt(search)).toEqual(asked);
});

it('asks for no sample where the reader’s own photo is remembered', () => {
	expect(askedAt('', { remembers: true })).toEqual(site);
});

it('asks for the first sample where nothing can be remembered', () => {
	expect(askedAt('', { storage: false })).toMatchObject({ sample: 'ball' });
});
