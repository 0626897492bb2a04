import { fixed } from '../base/numbers';
import { percent } from '../marks/numbers';
import { firstPatch, hasCls, tokenName } from '../marks/tokens';
import type { Side } from './side.svelte';
import type { Figures } from '../views/model-view';

/** One line of the table: what is measured, and what it is in either panel. */
export interface Measure {
	readonly label: string;
	/** Its unit, or what it can be at most. */
	readonly hint: string;
	readonly values: readonly [a: string, b: string];
}

/** Stands where there is nothing to measure, such as how far CLS looks, which has no place, or what goes to a CLS that a model does not have. */
const NONE = '–';

/**
 * The figures of both panels: of the row that is looked from, and of the whole heads.
 * @param heads what the heads of both measure; null until that is known
 */
export function measures(
	a: Side,
	b: Side,
	heads: readonly [a: Figures | null, b: Figures | null]
): { title: string; rows: Measure[] }[] {
	const [wideA, wideB] = [widthOf(a), widthOf(b)];
	// Pixels of two inputs that differ in size are not the same length.
	const share = wideA !== null && wideB !== null && wideA !== wideB;
	const length = share ? 'of the width' : 'px';
	const far = (side: Side, distance: number | null | undefined) => distanceText(distance, share ? widthOf(side) : null);
	const withCls = [a, b].some((side) => hasCls(side.frame.grid));
	const rows = (pick: (side: Side) => Figures | null): Measure[] => [
		measure('Entropy', entropyHint(a, b), a, b, (side) => text(pick(side)?.entropy, (value) => fixed(value, 2))),
		measure('Mean distance', length, a, b, (side) => far(side, pick(side)?.distance)),
		...(withCls ? [measure('To CLS', '', a, b, (side) => text(pick(side)?.cls, percent))] : [])
	];
	return [
		{
			title: `What ${queryName(a, b)} itself looks at`,
			rows: [...rows((side) => side.view.queryStats), measure('Largest on a patch', '', a, b, (side) => largest(side))]
		},
		{ title: 'The whole head, mean over all queries', rows: rows((side) => heads[side === a ? 0 : 1]) }
	];
}

/** The query, as far as it is the same in both. */
function queryName(a: Side, b: Side): string {
	if (!a.hasQuery || !b.hasQuery) return 'each query';
	return a.token < firstPatch(a.frame.grid) ? tokenName(a.token, a.frame.grid) : 'this patch';
}

function measure(label: string, hint: string, a: Side, b: Side, write: (side: Side) => string): Measure {
	return { label, hint, values: [write(a), write(b)] };
}

function text(value: number | null | undefined, write: (value: number) => string): string {
	return value === null || value === undefined ? NONE : write(value);
}

/** In pixels, or as a share of a width that is given. */
function distanceText(distance: number | null | undefined, width: number | null): string {
	return text(distance, (value) => (width === null ? value.toFixed(0) : percent(value / width)));
}

function largest(side: Side): string {
	return side.view.line && side.direction === 'from' ? percent(side.most) : NONE;
}

/** `nats; evenly over all 197: 5.28`, or both where the models differ. */
function entropyHint(a: Side, b: Side): string {
	const counts = [a, b].flatMap((side) => side.view.reach ?? []);
	const most = [...new Set(counts)].map((tokens) => fixed(Math.log(tokens), 2));
	return most.length > 0 ? `nats, at most ${most.join(' and ')}` : 'nats';
}

function widthOf(side: Side): number | null {
	return side.shown?.model.config.imageSize[1] ?? null;
}
