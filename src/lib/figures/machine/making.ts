import type { ViTConfig } from '../../engine/vit/config';
import type { FigureRun, Tap } from '../figure';
import { rowIn, tapOf, valueAt, type Cell, type Kind } from './cells';
import { cellName, columnName, kindName, type Naming } from './names';
import type { Explained, Factor } from './sums';

/** All that a number is explained from. */
export interface Making extends Naming {
	readonly cell: Cell;
	readonly tap: Tap;
	readonly value: number;
	/** The pixels that the model saw. */
	readonly seen: FigureRun['seen'];
}

/** How numbers of one kind come about. */
export interface Origin {
	/** What {@link explain} reads besides the number's own tap. */
	taps(config: ViTConfig, cell: Cell): readonly string[];
	explain(making: Making): Omit<Explained, 'value'>;
}

export type Origins = Partial<Record<Kind, Origin>>;

/** Another number at the same place of the model, unless said otherwise. */
export const near = (cell: Cell, of: Kind, change: Partial<Cell> = {}): Cell => ({ ...cell, of, ...change });

/** A number of the run as a factor, with the name that tells it from its like. */
export function factor(making: Making, cell: Cell, name = columnName(cell, making)): Factor {
	return { name, value: valueAt(making.tap(tapOf(making.config, cell)), cell), cell };
}

/** The same with its whole name. */
export const named = (making: Making, cell: Cell): Factor => factor(making, cell, cellName(cell, making));

/** What one of many inputs is called, and where it can be walked to. */
export const inputName = (cell: Cell, naming: Naming): Pick<Factor, 'name' | 'cell'> => ({
	name: `${kindName(cell, naming)}, ${columnName(cell, naming)}`,
	cell
});

/** The whole row in which a number is. */
export const rowOf = ({ config, tap }: Making, cell: Cell): Float32Array => rowIn(tap(tapOf(config, cell)), cell);

/** Tap names without repetition. */
export const tapsOf = (config: ViTConfig, ...cells: readonly Cell[]): string[] => [
	...new Set(cells.map((cell) => tapOf(config, cell)))
];
