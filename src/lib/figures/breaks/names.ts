import { CHANGES } from '../../photo/changes/changes';

/** The changes that two networks are held to, by the names that the command line has for them, and what readers call them. */
export const LABELS: Readonly<Record<string, string>> = {
	'shuffle-16': 'Squares of 16 px shuffled',
	'shuffle-56': 'Tiles of 56 px shuffled',
	grey: 'Colour taken away',
	blur: 'Blurred, sigma 2 px',
	noise: 'Noise, a tenth of the range',
	'flip-vertical': 'Upside down, flipped',
	mirror: 'Mirrored',
	'turn-90': 'Turned by 90 degrees',
	'turn-180': 'Turned by 180 degrees',
	'move-1': 'Moved by 1 px',
	'move-8': 'Moved by 8 px',
	'move-16': 'Moved by 16 px',
	'hide-right': 'Right half grey',
	'hide-half': 'Half of the patches grey',
	'jpeg-10': 'JPEG of quality 10',
	invert: 'Inverted',
	'half-size': 'Half the size, in the middle of grey'
};

export const CHANGE_NAMES: readonly string[] = Object.keys(LABELS);

/** The change of that name. @throws Error for another */
export function changeNamed(name: string) {
	const change = CHANGES.find((one) => one.name === name && name in LABELS);
	if (change) return change;
	throw new Error(`There is no change called '${name}' to compare by.`);
}

/** How far the photo is moved, in pixels, by a change that moves it; else null. */
export function movedBy(name: string): number | null {
	const by = /^move-(\d+)$/.exec(name)?.[1];
	return by === undefined ? null : Number(by);
}
