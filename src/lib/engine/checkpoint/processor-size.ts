import { isRecord } from '../../base/json';
import type { ResizeRule } from '../config';
import { pair, positiveInteger, type Json, type Unfit } from './fields';
import { CONVNEXT_CROP_PCT, CONVNEXT_SQUASHES_FROM, type Processor } from './processors';

type Sides = readonly [height: number, width: number];

/** How a photo is resized, and what is cropped in the same breath. */
export interface Resizing {
	readonly resize: ResizeRule;
	readonly crops: readonly Sides[];
	/** What a photo becomes by it; of a rule that keeps shapes, a photo of the shape that fits. */
	readonly gives: Sides;
	readonly cropPct: number | null;
}

/** The forms that `size` may have, by their keys. */
const FORMS = ['height width', 'shortest_edge', 'longest_edge shortest_edge', 'max_height max_width'];

/** @throws PatchworkError `config` */
export function resizingOf(json: Json, processor: Processor, unfit: Unfit): Resizing {
	const size = sizeOf(json, processor, unfit);
	const { own } = processor;
	const number = (key: string) => positiveInteger(size[key], `size.${key}`, unfit);
	if ('shortest_edge' in size) {
		const edge = number('shortest_edge');
		if (own === 'convnext') return convnext(json, edge, unfit);
		if (own === 'levit') return byShorter(Math.trunc((256 / 224) * edge));
		return byShorter(edge, (size.longest_edge ?? null) === null ? null : number('longest_edge'));
	}
	if (own === 'convnext' || (own === 'levit' && !('height' in size))) {
		throw unfit('size', json.size, `and this processor takes a 'shortest_edge'`);
	}
	if ('height' in size) return squashed([number('height'), number('width')]);
	const to = [number('max_height'), number('max_width')] as const;
	return { resize: { rule: 'within', to, rounding: 'truncate' }, crops: [], gives: to, cropPct: null };
}

/** The file's size in one of its {@link FORMS}, or the class's. */
function sizeOf(json: Json, { size, bareIsSquare, squares }: Processor, unfit: Unfit): Json {
	const side = 'both' in size ? size.both : size.shorter;
	const square = { height: side, width: side };
	if (squares && json.use_square_size === true) return square;
	const value = json.size ?? ('both' in size ? square : { shortest_edge: side });
	if (Array.isArray(value) && value.length === 2) return { height: value[0] as unknown, width: value[1] as unknown };
	if (typeof value === 'number') {
		return (json.default_to_square ?? bareIsSquare) ? { height: value, width: value } : { shortest_edge: value };
	}
	if (isRecord(value) && FORMS.includes(Object.keys(value).sort().join(' '))) return value;
	throw unfit('size', value, 'which is no size that a photo can be resized to');
}

function convnext(json: Json, edge: number, unfit: Unfit): Resizing {
	if (edge >= CONVNEXT_SQUASHES_FROM) return squashed([edge, edge]);
	const cropPct = json.crop_pct ?? CONVNEXT_CROP_PCT;
	if (
		typeof cropPct !== 'number' ||
		!(cropPct > 0 && edge / cropPct >= 1 && edge / cropPct <= Number.MAX_SAFE_INTEGER)
	) {
		throw unfit('crop_pct', cropPct, 'which is no part of a photo');
	}
	return { ...byShorter(Math.trunc(edge / cropPct)), crops: [[edge, edge]], gives: [edge, edge], cropPct };
}

function byShorter(edge: number, longest: number | null = null): Resizing {
	const side = Math.min(edge, longest ?? edge);
	return { resize: { rule: 'shorter', edge, longest }, crops: [], gives: [side, side], cropPct: null };
}

function squashed(to: Sides): Resizing {
	return { resize: { rule: 'squash', to }, crops: [], gives: to, cropPct: null };
}

/** Height and width: a number for both, a list, or an object. @throws PatchworkError `config` */
export function sidesOf(value: unknown, key: string, unfit: Unfit): Sides {
	if (!isRecord(value)) return pair(value, key, unfit);
	if (Object.keys(value).sort().join(' ') !== 'height width') throw unfit(key, value, 'which is no height and width');
	return [positiveInteger(value.height, `${key}.height`, unfit), positiveInteger(value.width, `${key}.width`, unfit)];
}
