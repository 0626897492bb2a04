import { placeActivity } from '../../analysis/channels';
import { featureMaps, isSigned, pixelsAPlace, type ConvConfig } from '../../engine/conv/config';
import type { TapData } from '../../engine/tap';
import type { Pattern } from '../../run/shown';

/** The map that a block makes: a row a place, and a column a channel, which stand where others have heads. */
export interface BlockMap extends Pattern {
	/** The tap that it is. */
	readonly tap: string;
	readonly rows: number;
	readonly columns: number;
	/** Both from 0, the block in its stage. */
	readonly stage: number;
	readonly block: number;
	/** Side in pixels of what one place stands for. */
	readonly cell: number;
	/** Whether values can be below 0. */
	readonly isSigned: boolean;
}

/** Where each block's map is read, in the order of the blocks. */
export const mapTap = (stage: number, block: number): string => `stages.${stage}.blocks.${block}.out`;

/** @param taps one a block; of one that the run has passed by there is none, and all values are 0 */
export function blockMaps(taps: readonly (Pick<TapData, 'data'> | undefined)[], config: ConvConfig): BlockMap[] {
	const sizes = new Map(featureMaps(config).map((map) => [map.name, map]));
	const { stem, stemPool } = config;
	return config.stages.flatMap((blocks, stage) =>
		blocks.map((own, block) => {
			const i = config.stages.slice(0, stage).reduce((sum, { length }) => sum + length, block);
			const tap = mapTap(stage, block);
			const { rows = 0, columns = 0, channels: heads = 0 } = sizes.get(tap) ?? {};
			const stages = [...config.stages.slice(0, stage), blocks.slice(0, block + 1)];
			const cell = pixelsAPlace({ stem, stemPool, stages });
			const data = taps[i]?.data ?? new Float32Array(rows * columns * heads);
			return { tap, data, heads, rows, columns, stage, block, cell, isSigned: isSigned(own) };
		})
	);
}

/** How active each place is, as a map of one channel. */
export function activityOf(map: BlockMap): BlockMap {
	return { ...map, data: placeActivity({ data: map.data, channels: map.heads }), heads: 1, isSigned: false };
}
