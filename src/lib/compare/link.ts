import { formatPermalink, parsePermalink, quoted, unreadParts, type Permalink, type Unread } from '../run/url';
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

/** What panel B's own parameters are, under the names of those of A. */
const ofB = (query: URLSearchParams) =>
	new URLSearchParams(
		[...query].filter(([key]) => key.startsWith(OF_B)).map(([key, value]) => [key.slice(OF_B.length), value])
	);

/** How what is neither panel's is read from its text; undefined where that is no value of it. */
const READ = {
	compare: (text: string) => KINDS.find((one) => one === text),
	at: readQuery,
	linked: (text: string) => (text === 'no' || text === 'yes' ? text === 'yes' : undefined),
	leads: (text: string) => NAMES.find((name) => name.toLowerCase() === text)
};

/** The valid parts of a query string. */
export function parseCompareLink(query: URLSearchParams): Partial<CompareLink> & Pick<CompareLink, 'a' | 'b'> {
	const kind = READ.compare(query.get('compare') ?? '');
	const at = READ.at(query.get('at') ?? '');
	const linked = READ.linked(query.get('linked') ?? '');
	const leader = READ.leads(query.get('leads') ?? '');
	return {
		...(kind && { kind }),
		...(at !== undefined && { at }),
		...(linked !== undefined && { linked }),
		...(leader && { leader }),
		a: parsePermalink(query),
		b: parsePermalink(ofB(query))
	};
}

/** What {@link parseCompareLink} leaves out: of either panel, and parts of neither as they stand in the link. */
export interface CompareUnread {
	readonly neither: readonly string[];
	readonly a: Unread;
	readonly b: Unread;
}

export function unreadCompareParts(query: URLSearchParams): CompareUnread {
	const neither = Object.entries(READ).flatMap(([name, read]) => {
		const text = query.get(name);
		return text === null || read(text) !== undefined ? [] : [quoted(name, text)];
	});
	const b = Object.entries(unreadParts(ofB(query))).map(([key, part]) => [key, OF_B + part]);
	return { neither, a: unreadParts(query), b: Object.fromEntries(b) };
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
