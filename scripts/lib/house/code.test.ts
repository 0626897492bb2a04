import { describe, expect, it } from 'vitest';
import { isOfTests, valueImports, withoutTalk, workersOf } from './code';

describe('what a file does', () => {
	it('is its code and markup, without comments, styles and imports', () => {
		const text = [
			'<script lang="ts">',
			"	import { isViT } from './families';",
			"	import './side';",
			"	export { a, b } from './c';",
			'	/** isViT in words */',
			"	const url = 'https://example.org'; // isViT again",
			'</script>',
			'<!-- isViT --><p>{url}</p>',
			'<style> .isViT { color: red; } </style>'
		].join('\n');
		const left = withoutTalk(text);
		expect(left).not.toMatch(/isViT|families|side|\.\/c/);
		expect(left).toContain("const url = 'https://example.org';");
		expect(left).toContain('<p>{url}</p>');
	});

	it('is not lost behind an export that is no re-export', () => {
		const text = "export function tap(config) {\n\treturn isViT(config) ? 'norm' : 'pooled';\n}\n";
		expect(withoutTalk(text)).toBe(text);
	});
});

describe('what a module imports to run', () => {
	it.each([
		["import { a } from './a';", ['./a']],
		["import type { A } from './a';", []],
		["import { type A } from './a';", []],
		["import { type A, b } from './a';", ['./a']],
		["import A from './A.svelte';", ['./A.svelte']],
		["import * as a from './a';", ['./a']],
		["import './a';", ['./a']],
		["export { a } from './a';", ['./a']],
		["export type { A } from './a';", []],
		["const { a } = await import('./a');", ['./a']],
		["type A = import('./a').A;", []]
	])('%s', (code, expected) => expect(valueImports(code)).toEqual(expected));

	it('leaves workers to a list of their own', () => {
		const code = "const worker = new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module' });";
		expect(valueImports(code)).toEqual([]);
		expect(workersOf(code)).toEqual(['./photo.worker.ts']);
	});
});

describe('files of the tests', () => {
	it.each(['lib/a/b.test.ts', 'lib/a/testing.ts', 'lib/engine/testing/small.ts'])('%s is one', (file) =>
		expect(isOfTests(file)).toBe(true)
	);
	it.each(['lib/a/b.ts', 'lib/a/contesting.ts', 'lib/a/Latest.svelte'])('%s is none', (file) =>
		expect(isOfTests(file)).toBe(false)
	);
});
