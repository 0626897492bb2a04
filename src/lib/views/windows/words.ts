import { fixed } from '../../base/numbers';
import { weightPercent } from '../../marks/numbers';
import type { Elsewhere } from '../../analysis/window-attention';
import { stageMap, type MapSize, type SwinConfig } from '../../engine/swin/config';
import { isShifted, type WindowLayout } from '../../engine/swin/windows';
import { gridSize, placeOf, tokenName } from '../../marks/tokens';
import type { Direction } from '../../run/url';
import { capital } from '../words';
import { joinedWindows, paddingOf, reachIn, type Part } from '../../analysis/window-places';

const grid = (map: MapSize) => ({ ...map, prefix: [] });

/** What the map of a query says in one line. @param values NaN outside of the window */
export function lineSentence(query: number, values: Float32Array, map: MapSize, direction: Direction): string {
	let best = query;
	for (const [token, weight] of values.entries()) if (weight > (values[best] ?? 0)) best = token;
	const most = best === query ? /* @wc-include */ 'itself' : tokenName(best, grid(map));
	const [name, weight] = [capital(tokenName(query, grid(map))), weightPercent(values[best] ?? 0)];
	return direction === 'from' ? `${name}. Most to ${most}: ${weight}` : `${name}. Most from ${most}: ${weight}`;
}

/** The one weight between the query and another token of the map. */
export function pairSentence(
	query: number,
	other: number,
	values: Float32Array,
	map: MapSize,
	direction: Direction
): string {
	const weight = values[other] ?? NaN;
	const [from, to] = (direction === 'from' ? [query, other] : [other, query]).map((token) =>
		tokenName(token, grid(map))
	);
	if (Number.isNaN(weight)) return `${capital(tokenName(other, grid(map)))}: in another window, out of reach here`;
	return `${capital(from ?? '')} attends to ${to}: ${weightPercent(weight)}`;
}

/** What the stage's map is. */
export function mapSentence(config: SwinConfig, stage: number): string {
	const cell = config.patchSize * 2 ** stage;
	const map = stageMap(config, stage);
	const merged = stage === 0 ? '' : ', each joined from 2 × 2 tokens of the stage before';
	return `Stage ${stage + 1} of ${config.stages.length}: ${gridSize(map, 'tokens')}${merged}. A token stands for ${cell} × ${cell} pixels of the model’s input.`;
}

/** How the block's windows lie. */
export function windowsSentence(layout: WindowLayout): string {
	const { window, shift, count } = layout;
	if (count === 1) {
		return `One window of ${gridSize(window)} is as large as the whole map here, so every token can attend to every other, and nothing is shifted.`;
	}
	const windows = `${gridSize({ rows: layout.down, columns: layout.across }, 'windows')} of ${gridSize(window, 'tokens')}`;
	if (!isShifted(layout)) return `The map is cut into ${windows}. A token attends inside its own window only.`;
	return `The map is cut into ${windows}, each moved by ${moved(shift)} from where those of the block before were.`;
}

/** `2 tokens down and to the right`; timm may shift one axis alone. */
function moved({ rows, columns }: MapSize): string {
	const tokens = (count: number) => (count === 1 ? '1 token' : `${count} tokens`);
	if (rows === columns) return `${tokens(rows)} down and to the right`;
	return [rows > 0 && `${tokens(rows)} down`, columns > 0 && `${tokens(columns)} to the right`]
		.filter(Boolean)
		.join(/* @wc-include */ ' and ');
}

/** Where the query's window is, and in how many parts. */
export function ownWindowSentence(parts: readonly Part[]): string {
	const own = parts.filter((part) => part.own);
	const places = own
		.map((part) => `${rowsOf(part.row, part.rows)}, ${columnsOf(part.column, part.columns)}`)
		.join('; ');
	if (parts.length === 1) return `The query’s window holds ${places}.`;
	const others = parts.length - own.length;
	const round =
		'The query’s window goes over the edge of the picture and comes in again at the other side: it holds ' +
		`${parts.length} parts of the picture`;
	const dashed = others === 1 ? 'dashed: the other one' : `dashed: the other ${others}`;
	const apart = others === 1 ? 'keeps the query from it' : 'keeps the query from them';
	const mask = 'a mask of −100 on their scores keeps them apart, and the query attends to';
	if (own.length === 1) {
		return `${round} (${dashed}). They are no neighbours, so ${mask} its own part: ${places}.`;
	}
	// By timm's rules alone: the mask is made for the map with its padding, and the roll for the map without.
	const why = 'The map was rolled before it was filled up, and the mask is not made for that. So';
	if (others === 0) return `${round}. ${why} the query attends to all of them: ${places}.`;
	return `${round} (${dashed}, and a mask of −100 on the scores ${apart}). ${why} the query attends to ${own.length} parts: ${places}.`;
}

const rowsOf = (start: number, length: number) =>
	length === 1 ? `row ${start + 1}` : `rows ${start + 1} to ${start + length}`;
const columnsOf = (start: number, length: number) =>
	length === 1 ? `column ${start + 1}` : `columns ${start + 1} to ${start + length}`;

/** Which windows exchange through the query's; empty where nothing is shifted. */
export function exchangeSentence(config: SwinConfig, stage: number, layout: WindowLayout, token: number): string {
	if (!isShifted(layout)) return '';
	const joined = joinedWindows(config, stage, layout, token);
	if (joined < 2) return 'It lies within one window of the block before (thin lines), so nothing new meets here.';
	return `It lies across ${joined} windows of the block before (thin lines): here they exchange what they know.`;
}

/** What padding there is in the query's window, and what it gets; empty where there is none. */
export function paddingSentence(layout: WindowLayout, token: number, { padding }: Elsewhere): string {
	const places = paddingOf(layout, token);
	if (places === 0) return '';
	const share =
		padding > 0
			? `and get ${weightPercent(padding)} of the query’s attention`
			: 'and get none of the query’s attention';
	return `${places} of the window’s ${layout.area} places are padding: the map does not fill it. They hold zeros, ${share}.`;
}

/** Between what the entropy of a token's attention lies. */
export function entropyHint(layout: WindowLayout, token: number): string {
	const reach = reachIn(layout, token);
	if (reach === 1) return '0: one token only, and it can reach no other';
	return `0: one token only; ${fixed(Math.log(reach), 2)}: evenly over the ${reach} places that it can reach`;
}

/** What the overlay shows, as a caption. */
export function lookCaption(query: number, map: MapSize, direction: Direction): string {
	const { row, column } = placeOf(query, grid(map)) ?? { row: 0, column: 0 };
	const name = `the token in row ${row + 1}, column ${column + 1}`;
	return direction === 'from' ? `What ${name} looks at` : `What looks at ${name}`;
}
