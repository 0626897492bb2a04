import type { ReceptiveField } from '../../analysis/receptive-field';
import type { ConvConfig } from '../../engine/conv/config';
import type { OverlayHost } from '../overlays';
import type { BlockMap } from './patterns';

/** One place of a block's map: all of its channels there. */
export interface Unit {
	readonly map: BlockMap;
	/** The place, counted row by row. */
	readonly token: number;
	/** `stage 2, block 1 at row 3, column 4`. */
	readonly name: string;
	/** Where its place has its middle, in pixels of the input: row, then column. */
	readonly middle: readonly [number, number];
	/** What it can see. */
	readonly field: ReceptiveField;
}

/** What the overlays of a CNN know of the view that they belong to. */
export interface ConvHost extends OverlayHost {
	readonly config: ConvConfig;
	/** The chosen block's map; null while there is none. */
	readonly map: BlockMap | null;
	/** The unit of the chosen block at the picked place. */
	readonly unit: Unit | null;
}
