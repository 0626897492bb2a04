import { describe, expect, it } from 'vitest';
import { betweenWords, shortcutsWords, withinWords } from './says';

const shortcut = (places: number, cls: number | null) => ({ stem: 'blocks.0', part: 'mlp' as const, places, cls });
const network = (name: string, blocks: number) => ({
	name,
	outputs: Array.from({ length: blocks }, (_, block) => `blocks.${block}.out`),
	shortcuts: []
});

describe('whether CLS and the patches change places', () => {
	const of = (...shortcuts: ReturnType<typeof shortcut>[]) => shortcutsWords({ ...network('A', 2), shortcuts });

	it('counts where CLS is carried past more, in each half', () => {
		const words = of(shortcut(1, 3), shortcut(1, 3), shortcut(3, 1), shortcut(3, 1));
		expect(words).toMatch(/at 2 of the first 2 shortcuts and at 0 of the last 2\. They change places\./);
		expect(of(shortcut(3, 1), shortcut(1, 3))).toMatch(
			/at 0 of the first 1 .*at 1 of the last 1\. Unlike in large ViTs, they do not/
		);
	});

	it('does not call it a change where the second half is level', () => {
		expect(of(shortcut(1, 3), shortcut(1, 3), shortcut(3, 1), shortcut(1, 3))).toMatch(
			/at 1 of the last 2\. Unlike in large ViTs, they do not/
		);
	});

	it('says nothing of a network without CLS', () => {
		expect(of(shortcut(1, null), shortcut(1, null))).toBe('');
	});
});

/** Two blocks of the one, then three of the other. */
const cka = [
	[1, 0.5, 0.2, 0.9, 0.1],
	[0.5, 1, 0.3, 0.4, 0.6],
	[0.2, 0.3, 1, 0.8, 0.4],
	[0.9, 0.4, 0.8, 1, 0.6],
	[0.1, 0.6, 0.4, 0.6, 1]
];

describe('what the maps of likeness say', () => {
	const both = { photos: 3, first: network('C', 2), second: network('V', 3), cka };

	it('between two networks', () => {
		expect(betweenWords(both)).toMatch(/first half of C is most like block 2 of V \(0\.90\)/);
		expect(betweenWords(both)).toMatch(/V’s last third has its likest block in C; with it, they reach 0\.60/);
		expect(betweenWords({ ...both, first: network('C', 1) })).toBe('');
	});

	it('within one', () => {
		expect(withinWords(both.second, cka, 2)).toMatch(/neighbours have 0\.70 .*any two blocks 0\.60, .*last 0\.40/);
		expect(withinWords(both.first, cka, 0)).toBe('');
	});
});
