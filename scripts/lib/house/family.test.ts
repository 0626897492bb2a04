import { describe, expect, it } from 'vitest';
import { mayAsk, timesAsked } from './family';

describe('asking for the family', () => {
	it.each([
		'if (isViT(config)) draw();',
		'const vit = asViT(config);',
		'const own = isSwinModel(shown.model);',
		"if (config.family === 'swin') draw();",
		"if (family !== 'vit') draw();",
		'const draw = DRAWERS[config.family];',
		"if ('stages' in config) draw();",
		'if (shown?.windows) draw();',
		'if (app.swin.run) draw();',
		'{#if hasWindows}',
		"view.kind === 'windows'"
	])('is found in %s', (code) => expect(timesAsked(code)).toBe(1));

	it.each([
		'<p>{entry.family}</p>',
		'const font = { fontFamily: sans };',
		'const { windows } = layout;',
		'if (view.hasCls) draw();',
		'config.stages.map(draw)'
	])('is not found in %s', (code) => expect(timesAsked(code)).toBe(0));

	it('is a right of the families’ folders and of the lists', () => {
		const files = ['lib/engine/vit/read.ts', 'lib/views/windows/words.ts', 'lib/engine/families.ts'];
		expect(files.map(mayAsk)).toEqual([true, true, true]);
		expect(['lib/engine/model.ts', 'lib/figures/swin/Figure.svelte'].map(mayAsk)).toEqual([false, false]);
	});
});
