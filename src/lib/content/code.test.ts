import { readFileSync } from 'node:fs';
import type { Code } from 'mdast';
import { describe, expect, it } from 'vitest';
import { tapsOfComments, tapsOfTypeScript } from './code-taps.server';
import { renderFence } from './fence.server';
import { loadHighlighter } from './highlight.server';
import { functionSource } from './source-function.server';
import { namesTap } from './tap-names';
import { KNOWN } from './testing';
import { UNEVEN_CONFIG } from '../engine/testing/small';
import { tapSpecs } from '../engine/families';

const SOURCE = KNOWN.sources['src/model.ts'] ?? '';
const ENGINE = readFileSync('src/lib/engine/vit/steps.ts', 'utf8');

async function render(fence: Partial<Code>): Promise<string> {
	return renderFence(await loadHighlighter(), { type: 'code', value: '', ...fence }, KNOWN, 'file');
}

const texts = (html: string) =>
	html
		.replace(/<[^>]+>/g, '')
		.replace(/&#x3C;/g, '<')
		.split('\n');

describe('the source of a function', () => {
	it('ends with the function, and has its comments drawn near', () => {
		const lines = functionSource(SOURCE, 'run')?.split('\n');
		expect(lines?.[0]).toBe('export function run(name: string): Tensor {');
		expect(lines?.[1]).toBe('  const a = trace.tap(`${name}.norm1`, layerNorm(x)); // n d');
		expect(lines?.at(-1)).toBe('}');
		expect(lines).toHaveLength(8);
	});

	it('loses the indentation of its place', () => {
		expect(functionSource('if (x) {\n\tfunction f() {\n\t\tg();\n\t}\n}', 'f')).toBe('function f() {\n  g();\n}');
	});

	it('is not that of a function whose name only begins alike', () => {
		expect(functionSource(SOURCE, 'ru')).toBeNull();
		expect(functionSource('function f() {', 'f')).toBeNull();
	});
});

describe('the taps of code', () => {
	it('are those that its lines note', () => {
		const code = functionSource(SOURCE, 'run') ?? '';
		const { taps } = tapsOfTypeScript(code);
		expect(taps).toEqual([
			null,
			'blocks.*.norm1',
			'blocks.*.query',
			null,
			'blocks.*.attn.head_out',
			null,
			'norm',
			null
		]);
	});

	it('are all that the engine makes, in its own code', () => {
		const functions = ['embed', 'encoderBlock', 'classify'].map((name) => functionSource(ENGINE, name) ?? '');
		const found = functions.flatMap((code) => tapsOfTypeScript(code).taps).filter((tap) => tap !== null);
		const ofOneBlock = tapSpecs({ ...UNEVEN_CONFIG, depth: 1 }).map(({ name }) => name.replace('.0.', '.*.'));
		expect([...found, 'blocks.*.key', 'blocks.*.value'].sort()).toEqual(ofOneBlock.sort());
	});

	it('are named by comments, which are not shown', () => {
		expect(tapsOfComments('x = f(y)  # tap: norm\nz = x  # the end\nw // tap: logits')).toEqual({
			code: 'x = f(y)\nz = x  # the end\nw',
			taps: ['norm', null, 'logits']
		});
	});

	it('are known by their names, with a star for any block and nothing else', () => {
		const names = new Set(['norm', 'blocks.0.out', 'blocks.11.mlp.out']);
		expect(namesTap('norm', names)).toBe(true);
		expect(namesTap('blocks.*.mlp.out', names)).toBe(true);
		expect(namesTap('blocks.*.norm', names)).toBe(false);
		expect(namesTap('*', names)).toBe(false);
		expect(namesTap('blocks.0.*', names)).toBe(false);
	});
});

/** Contrast ratio, WCAG 2.2, of two colours such as `#1f1c18`. */
function contrast(a: string, b: string): number {
	const channel = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
	const luminance = (colour: string) =>
		[0.2126, 0.7152, 0.0722].reduce(
			(sum, part, i) => sum + part * channel(parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) / 255),
			0
		);
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

const SAMPLES: readonly Partial<Code>[] = [
	{ lang: 'python', value: '# why\nclass A(B):\n    def f(self, x: int = 1) -> str:\n        return f"{x!r}" @ None' },
	{ lang: 'ts', value: '/** why */\nimport a from "b";\nexport const f = async <T>(x: T) => `${x}` + /a+/g; // so' },
	{ lang: 'bash', value: '# why\nnpm run "x" --flag=$HOME | cat > y' },
	{ lang: 'json', value: '{"a": [1, true, "b"]}' }
];

describe('the colours of code', () => {
	const css = readFileSync('src/app.css', 'utf8');
	const surfaces = ['paper', 'surface', 'surface-2'].map((name) => {
		const [, light = '', dark = ''] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css) ?? [];
		return { light, dark };
	});

	it.each(SAMPLES)('can be read on every surface: $lang', async (fence) => {
		const html = await render(fence);
		const colours = [...html.matchAll(/light-dark\((#\w+), (#\w+)\)/g)];
		expect(colours).not.toHaveLength(0);
		for (const [, light = '', dark = ''] of colours) {
			for (const surface of surfaces) {
				expect(contrast(light, surface.light), light).toBeGreaterThanOrEqual(4.5);
				expect(contrast(dark, surface.dark), dark).toBeGreaterThanOrEqual(4.5);
			}
		}
	});
});

describe('a fence of code', () => {
	it('is coloured for both themes, on the surface of the site', async () => {
		const html = await render({ lang: 'python', value: 'x = 1  # one' });
		expect(html).toMatch(/^<div class="code"><pre role="group" aria-label="Code, python" tabindex="0">/);
		expect(html).toMatch(/style="color:light-dark\(#\w+, #\w+\)"/);
		expect(html).not.toContain('background');
	});

	it('makes buttons of the lines that make a tap, the first of them a tab stop', async () => {
		const html = await render({ lang: 'python', value: 'a\nb # tap: norm\nc # tap: logits' });
		expect(html).toContain('<span class="line" data-tap="norm" role="button" tabindex="0">');
		expect(html).toContain('<span class="line" data-tap="logits" role="button" tabindex="-1">');
		expect(html).not.toMatch(/<pre[^>]*tabindex/);
		expect(texts(html)).toEqual(['a', 'b', 'c']);
	});

	it('takes a function out of a source file and says where it is from', async () => {
		const html = await render({ lang: 'ts', meta: 'from=src/model.ts function=run', value: 'left out' });
		expect(html).toContain('<figcaption>src/model.ts</figcaption>');
		expect(texts(html.replace(/<figcaption>.*<\/figcaption>/, ''))).toEqual(functionSource(SOURCE, 'run')?.split('\n'));
		expect(html).toContain('data-tap="blocks.*.attn.head_out"');
	});

	it('escapes what it shows', async () => {
		expect(await render({ value: '<script>' })).not.toContain('<script>');
	});
});
