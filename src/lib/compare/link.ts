import { formatPermalink, parsePermalink, type Permalink } from '../run/url';
import { KINDS, NAMES, type Kind, type Name } from './kinds';
import { readQuery, writeQuery, type Query } from '../run/places';

/**
 * Everything that a link to a comparison can carry. Panel A, and how things are drawn, is said as in a link to the
 * inspector; what is panel B's own stands under the same names with `b-` before them.
 */
export interface CompareLink {
	readonly kind: Kind;
	readonly at: Query;
	/** Whether the blocks of both panels go together. */
	readonly linked: boolean;
	/** The panel whose block was chosen; where blocks go together, the other one follows. */
	readonly leader: Name;
	readonly a: Partial<Permalink>;
	readonly b: Partial<Permalink>;
}

const OF_B = 'b-';

/** The valid parts of a query string. */
export function parseCompareLink(query: URLSearchParams): Partial<CompareLink> & Pick<CompareLink, 'a' | 'b'> {
	const ofB = [...query].filter(([key]) => key.startsWith(OF_B)).map(([key, value]) => [key.slice(OF_B.length), value]);
	const kind = KINDS.find((one) => one === query.get('compare'));
	const at = readQuery(query.get('at') ?? '');
	const linked = query.get('linked');
	const leader = NAMES.find((name) => name.toLowerCase() === query.get('leads'));
	return {
		...(kind && { kind }),
		...(at !== undefined && { at }),
		...(linked === 'no' || linked === 'yes' ? { linked: linked === 'yes' } : {}),
		...(leader && { leader }),
		a: parsePermalink(query),
		b: parsePermalink(new URLSearchParams(ofB))
	};
}

/** A comparison as a query string; both are linked unless it says otherwise. */
export function formatCompareLink({ kind, at, linked, leader, a, b }: CompareLink): URLSearchParams {
	const query = new URLSearchParams({ compare: kind, ...Object.fromEntries(formatPermalink(a)) });
	for (const [key, value] of formatPermalink(b)) query.set(OF_B + key, value);
	query.set('at', writeQuery(at));
	if (!linked) query.set('linked', 'no');
	else if (leader === 'B') query.set('leads', 'b');
	return query;
}
