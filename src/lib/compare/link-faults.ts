import { only } from '../app/at-once';
import { linkFaults, SETTINGS, type Followed } from '../app/link-faults';
import type { Sample } from '../photo/manifest';
import type { Permalink, Unread } from '../run/url';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { Kind } from './kinds';
import type { CompareUnread } from './link';
import type { Side } from './side.svelte';

/** A link to a comparison: what of each panel could be read, and what could not. */
export interface Asked {
	readonly a: Partial<Permalink>;
	readonly b: Partial<Permalink>;
	readonly unread: CompareUnread;
}

/** What of panel A its app takes up, and speaks of by itself. */
const OF_FIRST = ['model', 'sample', 'photo', 'backend'] as const;
/** The rest of it. */
const OF_A = ['block', 'head', 'direction', ...SETTINGS] as const;
/** What panel B has of its own in each comparison. */
const OF_B: Readonly<Record<Kind, readonly (keyof Permalink)[]>> = {
	models: ['model', 'block', 'head'],
	photos: ['sample', 'photo', 'block', 'head'],
	heads: ['block', 'head']
};

/** The part of panel A's link, or of what is wrong with it, that its app takes up. */
export const ofFirst = <T extends Partial<Record<keyof Permalink, unknown>>>(of: T): Partial<T> => only(of, OF_FIRST);

/** Two panels as a link brought them about. */
interface Compared {
	readonly kind: Kind;
	readonly settings: ViewSettings;
	readonly a: Side;
	readonly b: Side;
}

/**
 * Says of each part of a link that could not be followed what is shown in its place: a sentence each. What lies over the
 * photos is shared, and a model may have something else under that choice: its panel says so.
 * @param samples those of the site
 */
export function comparisonFaults(
	asked: Asked,
	{ kind, settings, a, b }: Compared,
	samples: readonly Sample[]
): string[] {
	const { unread } = asked;
	const faults = (side: Side, link: Partial<Permalink>, parts: Unread) => {
		const { shown, view, title } = side;
		if (!shown) return [];
		const now: Followed = { title, shown, view, looking: side, settings, samples };
		return linkFaults(link, parts, now).map((sentence) => `${side.name}: ${sentence}`);
	};
	return [
		...unread.neither.map((part) => `‘${part}’ in the link can’t be followed: it is as without that part.`),
		...faults(a, only(asked.a, ['block', 'head']), only(unread.a, OF_A)),
		...faults(b, only(asked.b, OF_B[kind]), only(unread.b, OF_B[kind]))
	];
}
