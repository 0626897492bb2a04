import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mayReach } from '../../src/lib/base/reach';
import { hashesOf, policyOf, scriptsIn } from './policy.js';

const template = readFileSync('src/app.html', 'utf8');
const policy = policyOf(template);

describe('the policy', () => {
	it('knows the one script of the template, by the hash that Level 3 asks for', () => {
		expect(scriptsIn(template)).toHaveLength(1);
		// The digest of nothing, as every implementation of SHA-256 has it.
		expect(hashesOf('<script></script>')).toEqual(['sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=']);
	});

	it('lets no script run that is written into a page, and none that is made of text', () => {
		const scripts = policy['script-src'] ?? [];
		expect(scripts.filter((source) => /unsafe-(inline|eval|hashes)|^https?:|\*/.test(source))).toEqual([
			'wasm-unsafe-eval'
		]);
	});

	it('lets a page ask exactly whom the page says that it can ask', () => {
		const ask = policy['connect-src'] ?? [];
		for (const address of ['https://photos.example/a.png', 'http://localhost:4000/', 'http://127.0.0.1:9/'])
			expect([address, mayReach(new URL(address))]).toEqual([address, true]);
		expect(mayReach(new URL('http://photos.example/a.png'))).toBe(false);
		expect(ask).toEqual(['self', 'data:', 'blob:', 'https:', 'http://localhost:*', 'http://127.0.0.1:*']);
	});
});

describe('scripts in a page', () => {
	it.each([
		['<script src="a.js"></script>', []],
		['<script type="application/json">{"a":1}</script>', []],
		['<script type="application/ld+json">{}</script>', []],
		['<SCRIPT type="module">a()</SCRIPT><script>b()</script>', ['a()', 'b()']]
	])('%s', (html, texts) => expect(scriptsIn(html)).toEqual(texts));
});
