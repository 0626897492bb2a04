/** Keys that do one thing, in the words of a keyboard. */
export interface KeyRow {
	/** Each a press of its own: `Ctrl Z` is one, of two keys held together. */
	readonly keys: readonly string[];
	/** What they do, as the end of a line. */
	readonly does: string;
}

/** Keys that go together, because they work at the same place. */
export interface KeyGroup {
	readonly title: string;
	/** The pages that have it, by the beginnings of their routes; all without it. */
	readonly on?: readonly string[];
	readonly rows: readonly KeyRow[];
}

const ARROWS = ['←', '→', '↑', '↓'];
const ENDS = ['Home', 'End'];

/** Every key that a page listens to. `key-map.test.ts` holds it to the code that listens. */
export const KEY_MAP: readonly KeyGroup[] = [
	{
		title: 'On every page',
		rows: [
			{ keys: ['?'], does: 'this list' },
			{ keys: ['/', 'Ctrl K'], does: 'search the lesson and the glossary' },
			{ keys: ['Tab', 'Shift Tab'], does: 'to the next thing that can be used, and back' },
			{ keys: ['Esc'], does: 'close what is open, or send away a value that is shown' }
		]
	},
	{
		title: 'In the lesson',
		on: ['/learn/[chapter]'],
		rows: [
			{ keys: ['→', '←'], does: 'the next step, and the one before; from the last on to the next chapter' },
			{ keys: ['↑', '↓', ...ENDS], does: 'in code: the line that is told about' }
		]
	},
	{
		title: 'On the photo',
		on: ['/', '/learn/[chapter]', '/inspect', '/experiment', '/compare'],
		rows: [
			{ keys: ARROWS, does: 'the query on to the patch beside' },
			{ keys: ENDS, does: 'to the ends of its row' },
			{ keys: ['C'], does: 'to CLS, and to the other tokens before the patches' }
		]
	},
	{
		title: 'On a heat map, bars or points',
		on: ['/learn/[chapter]', '/inspect', '/experiment', '/compare', '/train', '/gallery'],
		rows: [
			{ keys: ARROWS, does: 'read the value beside' },
			{
				keys: [...ENDS, 'Page Up', 'Page Down'],
				does: 'to the ends, and a tenth of the way, where values lie in a row'
			},
			{ keys: ['Enter', 'Space'], does: 'choose what is read' }
		]
	},
	{
		title: 'Among heads, channels and buttons in a row',
		rows: [{ keys: [...ARROWS, ...ENDS], does: 'the one beside, and the first and last' }]
	},
	{
		title: 'A box on the photo',
		on: ['/inspect'],
		rows: [
			{ keys: ARROWS, does: 'move it; with Shift, make it larger or smaller' },
			{ keys: ['Enter'], does: 'let it stand' },
			{ keys: ['Esc'], does: 'give it up' }
		]
	},
	{
		title: 'The part of the photo that the model sees',
		on: ['/inspect'],
		rows: [
			{ keys: ARROWS, does: 'move it; with Shift, in larger steps' },
			{ keys: ['+', '-'], does: 'make it larger, and smaller' }
		]
	},
	{
		title: 'With the brush',
		on: ['/', '/experiment', '/learn/[chapter]'],
		rows: [
			{ keys: [...ARROWS, ...ENDS], does: 'on to another patch; with Shift, hiding those on the way' },
			{ keys: ['Space', 'Enter'], does: 'hide the patch, or show it again' }
		]
	},
	{
		title: 'What was changed',
		on: ['/experiment', '/train'],
		rows: [
			{ keys: ['Ctrl Z'], does: /* @wc-include */ 'undo' },
			{ keys: ['Ctrl Shift Z', 'Ctrl Y'], does: 'do it again' }
		]
	},
	{
		title: 'In figures of the lesson',
		on: ['/learn/[chapter]', '/gallery'],
		rows: [
			{
				keys: ['→', '←', 'Page Up', 'Page Down'],
				does: 'the film: a scene on, and back; with Shift and an arrow, a little'
			},
			{ keys: ['+'], does: 'the machine: on into what it is made of' },
			{ keys: ['-', 'Esc'], does: 'the machine: out again' },
			{ keys: [...ARROWS, ...ENDS], does: 'an arrow, a handle or an element that has the focus: move it' },
			{ keys: ['Page Up', 'Page Down'], does: 'elements: a page on, and back' }
		]
	}
];

/** The groups of a page. @param route as SvelteKit calls it: `/learn/[chapter]`; null for a page that is not there */
export function keysOf(route: string | null): readonly KeyGroup[] {
	return KEY_MAP.filter(({ on }) => !on || on.some((start) => isOn(route ?? '', start)));
}

const isOn = (route: string, start: string) => (start === '/' ? route === '/' : route.startsWith(start));
