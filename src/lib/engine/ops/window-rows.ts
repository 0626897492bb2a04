/* What the kernels of both GPUs know of windows: which row of the map each row of the windows is, and the other way round. */

/** How a map is rolled and cut; see `../swin/windows.ts`, whose layouts are such. */
export interface WindowCut {
	readonly map: MapSide;
	/** What is rolled: the map with its padding, or without where that is added after the roll. */
	readonly rolled: MapSide;
	/** The map with its padding: whole windows. */
	readonly padded: MapSide;
	readonly window: MapSide;
	/** By how many places that is rolled, up and to the left. */
	readonly shift: MapSide;
	/** Windows in each direction. */
	readonly down: number;
	readonly across: number;
}

export interface MapSide {
	readonly rows: number;
	readonly columns: number;
}

/** The sides of a cut that a program is told, by their names there. */
export const CUT_NUMBERS = [
	'mapRows',
	'mapColumns',
	'rolledRows',
	'rolledColumns',
	'windowRows',
	'windowColumns',
	'shiftRows',
	'shiftColumns',
	'across'
] as const;

type CutNumbers = Readonly<Record<(typeof CUT_NUMBERS)[number], number>>;

/** The numbers of a cut, and how many windows there are. */
export function numbersOf({ map, rolled, window, shift, down, across }: WindowCut): CutNumbers & { windows: number } {
	return {
		mapRows: map.rows,
		mapColumns: map.columns,
		rolledRows: rolled.rows,
		rolledColumns: rolled.columns,
		windowRows: window.rows,
		windowColumns: window.columns,
		shiftRows: shift.rows,
		shiftColumns: shift.columns,
		across,
		windows: down * across
	};
}

/** How many rows there are on either side. */
export const rowsOf = {
	toWindows: ({ windows = 0, windowRows = 0, windowColumns = 0 }: Readonly<Record<string, number>>) =>
		windows * windowRows * windowColumns,
	fromWindows: ({ mapRows = 0, mapColumns = 0 }: Readonly<Record<string, number>>) => mapRows * mapColumns
};

/** How a shading language declares a whole number, and where it has the numbers of the cut. */
export interface Dialect {
	readonly whole: 'int' | 'let';
	readonly cut: '' | 'uniforms.';
}

/** Statements of a function that returns, of a `row`, where it is on the other side; -1 for padding. */
export const findRow = {
	toWindows: ({ whole, cut }: Dialect) => `
		${whole} area = ${cut}windowRows * ${cut}windowColumns;
		${whole} place = row % area;
		${whole} down = row / area / ${cut}across * ${cut}windowRows + place / ${cut}windowColumns;
		${whole} right = row / area % ${cut}across * ${cut}windowColumns + place % ${cut}windowColumns;
		if (down >= ${cut}rolledRows || right >= ${cut}rolledColumns) { return -1; }
		${whole} mapRow = (down + ${cut}shiftRows) % ${cut}rolledRows;
		${whole} mapColumn = (right + ${cut}shiftColumns) % ${cut}rolledColumns;
		if (mapRow >= ${cut}mapRows || mapColumn >= ${cut}mapColumns) { return -1; }
		return mapRow * ${cut}mapColumns + mapColumn;
	`,
	fromWindows: ({ whole, cut }: Dialect) => `
		${whole} down = (row / ${cut}mapColumns - ${cut}shiftRows + ${cut}rolledRows) % ${cut}rolledRows;
		${whole} right = (row % ${cut}mapColumns - ${cut}shiftColumns + ${cut}rolledColumns) % ${cut}rolledColumns;
		${whole} window = down / ${cut}windowRows * ${cut}across + right / ${cut}windowColumns;
		${whole} place = down % ${cut}windowRows * ${cut}windowColumns + right % ${cut}windowColumns;
		return window * ${cut}windowRows * ${cut}windowColumns + place;
	`
};

export type Direction = keyof typeof findRow;
