import { describe, expect, it } from 'vitest';
import { tokenCount } from '../engine/vit/config';
import { modelEntry } from '../models/registry';
import { readBundled } from '../models/bundled.server';
import { plainText } from './plain-text';
import { chapterLinks, chapterNamed, chapters, glossary } from './index.server';

describe('the prose of the site', () => {
	it('is without faults', async () => {
		const all = await chapters();
		expect(all.map(({ number }) => number)).toEqual(all.map((_, i) => i + 1));
		expect(await glossary()).not.toHaveLength(0);
	});

	it('shows no apostrophe of a typewriter', async () => {
		const shown = (await chapters()).flatMap(({ slug, title, summary, steps, predictions, questions }) => {
			const choices = questions.flatMap(({ choices }) =>
				choices.flatMap(({ html, explanation }) => [html, explanation])
			);
			const texts = [...steps, ...predictions, ...questions].map(({ html }) => html);
			const all = [
				title,
				summary,
				...steps.map((step) => step.title),
				...texts,
				...choices,
				...predictions.flatMap((one) => one.choices)
			];
			return all.map((text) => `${slug}: ${plainText(text.replace(/<code>.*?<\/code>/g, ''))}`);
		});
		const terms = (await glossary()).map(
			({ term, html }) => `${term}: ${plainText(html.replace(/<code>.*?<\/code>/g, ''))}`
		);
		expect([...shown, ...terms].filter((text) => /[\p{L}\p{N}]'/u.test(text))).toEqual([]);
	});

	it('has a table of contents', async () => {
		expect((await chapterLinks()).map(({ slug }) => slug)).toEqual((await chapters()).map(({ slug }) => slug));
	});

	it('takes little more than an hour and a quarter', async () => {
		const minutes = (await chapters()).reduce((sum, chapter) => sum + chapter.minutes, 0);
		expect(minutes).toBeLessThan(80);
	});

	it('is found by the chapter, and read once', async () => {
		expect(await chapterNamed('no-such-chapter')).toBeUndefined();
		expect(chapters()).toBe(chapters());
	});
});

describe('the model that prose is checked with', () => {
	it('is the bundled one, by its own files', () => {
		const { config, parameters, taps } = readBundled('static/models/patchwork-t');
		const entry = modelEntry('patchwork-t');
		expect(parameters).toBe(entry.parameters);
		expect([{ blocks: config.depth, heads: config.heads, tokens: tokenCount(config) }]).toEqual(entry.groups);
		expect(taps.has('blocks.0.attn.pattern')).toBe(true);
		expect(taps.has('parameters.blocks.0.qkv.bias')).toBe(true);
	});
});
