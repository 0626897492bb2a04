import type { TapData } from '../../engine/tap';

/** The tap of a block's attention, counted from 0. */
export const patternOf = (block: number): string => `blocks.${block}.attn.pattern`;

/** What stands for the pattern of a block that a run has passed by: no token is left in it. */
export const PASSED_BY: TapData = {
	name: '',
	shape: [1, 0, 0, 0],
	axes: ['batch', 'head', 'query', 'key'],
	tokens: [],
	data: new Float32Array()
};
