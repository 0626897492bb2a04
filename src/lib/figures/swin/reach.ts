import { tokenOfPatch } from '../../analysis/window-places';
import { blocksOf, stageMap, type SwinConfig } from '../../engine/swin/config';
import { placeOf, regionOf, windowLayout } from '../../engine/swin/windows';

/** More than the regions that a rolled map falls into. */
const REGIONS = 9;

/**
 * After how many blocks, through all stages of a Swin, the token that holds a patch has heard from each patch of the
 * first stage's map: 0 for the patch itself, Infinity where all blocks are not enough. It follows from the windows alone.
 * @param patch from 0
 */
export function reachThrough(config: SwinConfig, patch: number): Float32Array {
	const { rows, columns } = stageMap(config);
	const blocks: Meetings[] = [];
	const reach = new Float32Array(rows * columns).fill(Infinity);
	reach[patch] = 0;
	for (const { stage, block } of blocksOf(config)) {
		blocks.push(meetingsOf(config, stage, block));
		for (const heard of heardFrom(config, blocks, patch)) {
			reach[heard] = Math.min(reach[heard] ?? Infinity, blocks.length);
		}
		// What has been heard is never lost, so the blocks to come have nothing to add.
		if (reach.every(Number.isFinite)) break;
	}
	return reach;
}

/** Who meets whom in a block: tokens that may attend to each other have the same number. */
interface Meetings {
	readonly stage: number;
	/** One a token of the stage's map. */
	readonly groups: Int32Array;
}

function meetingsOf(config: SwinConfig, stage: number, block: number): Meetings {
	const layout = windowLayout(config, stage, block);
	const { rows, columns } = layout.map;
	const groups = Int32Array.from({ length: rows * columns }, (_, token) => {
		const at = placeOf(layout, token);
		return at.window * REGIONS + regionOf(layout, at);
	});
	return { stage, groups };
}

/** The patches that the token which holds `patch` has heard from after some blocks: back from the last to the first. */
function heardFrom(config: SwinConfig, blocks: readonly Meetings[], patch: number): number[] {
	let stage = blocks.at(-1)?.stage ?? 0;
	let heard = new Set([tokenOfPatch(config, stage, patch)]);
	for (const block of blocks.toReversed()) {
		for (; stage > block.stage; stage--) heard = parted(config, stage, heard);
		const met = new Set([...heard].map((token) => block.groups[token]));
		heard = new Set([...block.groups.keys()].filter((token) => met.has(block.groups[token])));
	}
	return [...heard];
}

/** The tokens of the stage before that some of a stage's were joined from. */
function parted(config: SwinConfig, stage: number, tokens: ReadonlySet<number>): Set<number> {
	const [before, map] = [stageMap(config, stage - 1), stageMap(config, stage)];
	const all = Array.from({ length: before.rows * before.columns }, (_, token) => token);
	return new Set(
		all.filter((token) => {
			const row = Math.floor(Math.floor(token / before.columns) / 2);
			return tokens.has(row * map.columns + Math.floor((token % before.columns) / 2));
		})
	);
}
