import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOfSite } from '../../../../scripts/lib/house/code';
import { KEY_MAP, keysOf } from './key-map';

const src = resolve('src');
const read = (file: string) => readFileSync(join(src, file), 'utf8');

/** Where each group's keys are listened to, and where what hears them looks up which key means what. */
const LISTENERS: Readonly<Record<string, readonly string[]>> = {
	'On every page': [
		'lib/library/keys/KeysButton.svelte',
		'lib/lesson/search/SearchButton.svelte',
		'lib/lesson/search/SearchDialog.svelte',
		'lib/lesson/TermTip.svelte',
		'lib/lesson/FigurePane.svelte'
	],
	'In the lesson': [
		'lib/lesson/Reader.svelte',
		'lib/lesson/scenes.ts',
		'lib/lesson/Prose.svelte',
		'lib/content/code-lines.ts'
	],
	'On the photo': [
		'lib/marks/PhotoOverlay.canvas.svelte',
		'lib/figures/film/Screen.canvas.svelte',
		'lib/marks/tokens.ts'
	],
	'On a heat map, bars or points': ['lib/marks/ReadSurface.svelte', 'lib/marks/cursor.ts'],
	'Among heads, channels and buttons in a row': [
		'lib/marks/HeadGrid.svelte',
		'lib/views/conv/ChannelGrid.svelte',
		'lib/marks/roving.ts'
	],
	'A box on the photo': ['lib/inspect/BoxLayer.svelte', 'lib/analysis/box-share.ts'],
	'The part of the photo that the model sees': ['lib/inspect/CropPicker.svelte', 'lib/run/crop.ts'],
	'With the brush': ['lib/tools/BrushPhoto.svelte', 'lib/marks/tokens.ts'],
	'What was changed': ['lib/tools/EditList.svelte', 'lib/train/own/Collect.svelte', 'lib/tools/undo-keys.ts'],
	'In figures of the lesson': [
		'lib/figures/film/Player.svelte',
		'lib/figures/film/ToyArrows.svg.svelte',
		'lib/figures/film/toy.ts',
		'lib/figures/machine/Stage.svelte',
		'lib/figures/patches/PatchHandle.svelte',
		'lib/figures/reshape/Elements.canvas.svelte',
		'lib/figures/rotary/Arrows.svg.svelte'
	]
};

/** Hands a key on to the element that it is in, which knows it by itself. */
const HANDS_ON = 'lib/ui/Slider.svelte';

/** As the code writes the keys of a keyboard; those of the browser itself are heard by no one. */
const WRITTEN: Readonly<Record<string, RegExp | null>> = {
	'←': /ArrowLeft/,
	'→': /ArrowRight/,
	'↑': /ArrowUp/,
	'↓': /ArrowDown/,
	'Page Up': /PageUp/,
	'Page Down': /PageDown/,
	Esc: /'Escape'/,
	Space: /' '/,
	C: /'c'/,
	Tab: null,
	'Shift Tab': null,
	'Ctrl K': /ctrlKey[\s\S]*'k'/,
	'Ctrl Z': /ctrlKey[\s\S]*'z'/,
	'Ctrl Shift Z': /'z'[\s\S]*shiftKey/,
	'Ctrl Y': /ctrlKey[\s\S]*'y'/
};
const writtenAs = (key: string): RegExp | null => {
	const known = WRITTEN[key];
	return known === undefined
		? new RegExp(`'${key.replace(/[?+/-]/, '\\$&')}'|\\b${/^\w/.test(key) ? key : '\\b\\B'}:`)
		: known;
};

describe('the map of keys', () => {
	it('names every place that listens to keys', () => {
		const listens = /on:?key(?:down|up|press)|(?<![\w'])['"]key(?:down|up|press)['"]/;
		const found = filesOfSite(src).filter((file) => listens.test(read(file)));
		expect(found.length).toBeGreaterThan(20);
		const known = new Set([...Object.values(LISTENERS).flat(), HANDS_ON]);
		expect(found.filter((file) => !known.has(file))).toEqual([]);
	});

	it.each(KEY_MAP.map(({ title, rows }) => [title, rows] as const))('%s: each key is heard', (title, rows) => {
		const code = (LISTENERS[title] ?? []).map(read).join('\n');
		const unheard = rows.flatMap(({ keys }) => keys).filter((key) => writtenAs(key)?.test(code) === false);
		expect(unheard).toEqual([]);
	});

	it('has every group heard somewhere, and none twice', () => {
		expect(KEY_MAP.map(({ title }) => title)).toEqual(Object.keys(LISTENERS));
	});

	it('tells of a page the keys that it has', () => {
		const titles = (route: string | null) => keysOf(route).map(({ title }) => title);
		expect(titles('/about')).toEqual(['On every page', 'Among heads, channels and buttons in a row']);
		expect(titles(null)).toEqual(titles('/about'));
		expect(titles('/inspect')).toContain('A box on the photo');
		expect(titles('/learn/[chapter]')).toContain('In the lesson');
		expect(titles('/learn/glossary')).not.toContain('In the lesson');
		expect(titles('/')).toContain('With the brush');
		expect(titles('/models')).not.toContain('With the brush');
	});
});
