import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PatchworkError } from '../../src/lib/base/errors.ts';

/** The files of a new chapter, by their path from the root: prose and a figure that work at once. */
export function chapterFiles(number: number, slug: string, title: string): Record<string, string> {
	const figure = `src/lib/figures/${slug}`;
	return {
		[`content/${String(number).padStart(2, '0')}-${slug}/index.md`]: prose(slug, title),
		[`${figure}/figure.ts`]: figureModule(slug, title),
		[`${figure}/figure.test.ts`]: figureTest(slug),
		[`${figure}/Figure.svelte`]: FIGURE_COMPONENT
	};
}

/**
 * Writes a new chapter after the last one. @param root the repository's
 * @returns the paths written, from the root
 * @throws PatchworkError `request` for a name that is malformed or taken, before anything is written
 */
export function writeChapter(root: string, slug: string, title: string): string[] {
	if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug)) throw refused(`"${slug}" is not a name such as window-attention`);
	if (!title.trim()) throw refused('The title is empty');
	const folders = existsSync(join(root, 'content')) ? readdirSync(join(root, 'content')) : [];
	const numbered = folders.flatMap((folder) => /^(\d\d)-(.+)$/.exec(folder)?.slice(1, 3) ?? []);
	const numbers = numbered.filter((_, i) => i % 2 === 0).map(Number);
	if (numbered.includes(slug) || existsSync(join(root, 'src/lib/figures', slug))) {
		throw refused(`There is a chapter or a figure "${slug}" already`);
	}
	const files = chapterFiles(Math.max(0, ...numbers) + 1, slug, title.trim());
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
	return Object.keys(files);
}

function refused(what: string): PatchworkError {
	return new PatchworkError('request', `${what}: choose another.`);
}

/** A string of YAML and of TypeScript alike. */
const quoted = (text: string) => `'${text.replaceAll("'", '’').replaceAll('\\', '')}'`;

const prose = (slug: string, title: string) => `---
title: ${quoted(title)}
summary: One sentence about it.
---

:::step{#start figure=${slug} tap=blocks.*.out title="First step"}
A photo becomes :size[tokens] tokens of :size[dim] numbers each.
:::
`;

const figureModule = (slug: string, title: string) => `import type { Attributes, Figure } from '../figure';

export interface State {
	/** Counted from 0. */
	readonly block: number;
}

function parse({ block = '0', ...rest }: Attributes): State {
	const [unknown] = Object.keys(rest);
	if (unknown !== undefined) throw new Error(\`there is no attribute '\${unknown}'; there is block\`);
	if (!/^\\d+$/.test(block)) throw new Error(\`block='\${block}' is not a number counted from 0\`);
	return { block: Number(block) };
}

/** The tap that is drawn, whatever the model's depth. */
export const tapOf = (depth: number, { block }: State) => \`blocks.\${Math.min(block, depth - 1)}.out\`;

export const figure: Figure<State> = {
	name: '${slug}',
	title: ${quoted(title)},
	parse,
	taps: (config, state) => [tapOf(config.depth, state)]
};
`;

const figureTest = (slug: string) => `import { describe, expect, it } from 'vitest';
import { figure, tapOf } from './figure';

describe('the figure ${slug}', () => {
	it('reads its attributes, and refuses others', () => {
		expect(figure.parse({ block: '2' })).toEqual({ block: 2 });
		expect(() => figure.parse({ blok: '2' })).toThrow("'blok'");
		expect(() => figure.parse({ block: 'two' })).toThrow("'two'");
	});

	it('stays within the model', () => {
		expect(tapOf(3, { block: 9 })).toBe('blocks.2.out');
	});
});
`;

const FIGURE_COMPONENT = `<script lang="ts">
	import type { FigureProps } from '../figure';
	import { tapOf, type State } from './figure';

	let { run, state, tap }: FigureProps<State> = $props();

	const values = $derived(tap(tapOf(run.model.config.depth, state)));
</script>

<p>{values.name}: {values.shape.join(' × ')}</p>
`;
