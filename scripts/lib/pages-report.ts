import type { MeasuredPage, Opening, Openings } from '../../tests/bench/pages.ts';
import { MILESTONES, type Milestone } from '../../tests/bench/watch-opening.ts';
import { median } from './median.ts';
import { describeRatio, pairedRatio, round, type PairedRatio } from './paired-ratio.ts';
import { KINDS, shippedBefore, spanOf, total, type Shipped } from './shipped.ts';

/** What is said of one side of one page: medians over openings. */
export interface OpenedSide {
	/** Milliseconds since the navigation, of what the page comes to at all. */
	readonly times: Readonly<Partial<Record<Milestone, number>>>;
	/** Milliseconds: when the first file of a kind was asked for, and the last of those before the live prediction was there. */
	readonly files: Readonly<Record<string, readonly [from: number, to: number]>>;
	/** Bytes that had been sent by then, compressed. */
	readonly bytes: Readonly<Partial<Record<'picture' | 'overlay' | 'live', Shipped>>>;
}

/** A time of this side as a part of one of the other's, and what it may be. */
export interface OpenedRatio {
	readonly name: string;
	readonly ratio: PairedRatio;
	/** The whole interval has to be below; null where nothing was promised. */
	readonly most: number | null;
}

/** One page, for the JSON. */
export interface OpenedPage {
	readonly page: MeasuredPage['name'];
	readonly openings: number;
	readonly this: OpenedSide;
	readonly other: OpenedSide | null;
	readonly ratios: readonly OpenedRatio[];
}

/** What is compared: the first picture with the other's first overlay, which was its first picture when it was promised. */
const RATIOS = {
	home: [
		['picture', 'overlay', 0.5],
		['live', 'live', 0.6]
	],
	chapter: [
		['picture', 'picture', null],
		['live', 'live', 0.6]
	]
} as const satisfies Record<MeasuredPage['name'], readonly (readonly [Milestone, Milestone, number | null])[]>;

const NAMES: Readonly<Record<Milestone, string>> = {
	html: 'the page itself',
	firstPaint: 'first paint',
	picture: 'first picture',
	hydrated: 'scripts at work',
	overlay: 'first overlay',
	live: 'live prediction'
};

export function toPage(page: MeasuredPage['name'], { this: ours, other: theirs }: Openings): OpenedPage {
	const times = (openings: readonly Opening[], name: Milestone) => openings.map(({ times }) => times[name] ?? NaN);
	const ratios = RATIOS[page].map(([mine, yours, most]) => ({
		name: mine === yours ? NAMES[mine] : `${NAMES[mine]} / ${NAMES[yours]}`,
		ratio: pairedRatio(times(ours, mine), times(theirs, yours)),
		most
	}));
	const beside = theirs.length > 0;
	return {
		page,
		openings: ours.length,
		this: toSide(ours),
		other: beside ? toSide(theirs) : null,
		ratios: beside ? ratios : []
	};
}

function toSide(openings: readonly Opening[]): OpenedSide {
	const seen = MILESTONES.filter((name) => openings.every(({ times }) => times[name] !== undefined));
	const times = seen.map((name) => [name, round(median(openings.map(({ times }) => times[name] ?? NaN)), 0)]);
	const bytes = (['picture', 'overlay', 'live'] as const).filter((name) => seen.includes(name));
	return {
		times: Object.fromEntries(times) as OpenedSide['times'],
		files: Object.fromEntries(KINDS.flatMap((kind) => filesOf(openings, kind))),
		bytes: Object.fromEntries(bytes.map((name) => [name, bytesAt(openings, name)]))
	};
}

function filesOf(openings: readonly Opening[], kind: (typeof KINDS)[number]): [string, [number, number]][] {
	const spans = openings.map(({ sent, origin, times }) => {
		const span = spanOf(sent, kind, origin + (times.live ?? 0));
		return span && { from: span.from - origin, to: span.to - origin };
	});
	const there = spans.filter((span) => span !== null);
	if (there.length === 0) return [];
	const middle = (end: 'from' | 'to') => round(median(there.map((span) => span[end])), 0);
	return [[kind, [middle('from'), middle('to')]]];
}

function bytesAt(openings: readonly Opening[], name: Milestone): Shipped {
	const all = openings.map(({ sent, origin, times }) => shippedBefore(sent, origin + (times[name] ?? 0)));
	return Object.fromEntries(KINDS.map((kind) => [kind, median(all.map((one) => one[kind]))])) as Shipped;
}

/** A few lines for people. */
export function describePage({ page, openings, this: ours, other, ratios }: OpenedPage): string {
	return [
		`${page}, opened in ${openings} fresh browsers${other ? ' of each in turn' : ''}; milliseconds since the navigation`,
		...describeSide(other ? 'this ' : '', ours),
		...(other ? describeSide('other', other) : []),
		...ratios.map(({ name, ratio, most }) => `  ${name}: ${describeRatio(ratio)}${most ? `; at most ${most}` : ''}`)
	].join('\n');
}

function describeSide(side: string, { times, files, bytes }: OpenedSide): string[] {
	const steps = Object.entries(times).sort(([, a], [, b]) => a - b);
	const shipped = Object.entries(bytes).map(([name, sizes]) => {
		const parts = KINDS.filter((kind) => sizes[kind] > 0).map((kind) => `${kind} ${kilobytes(sizes[kind])}`);
		return `  ${side} kB before the ${NAMES[name as Milestone]}: ${kilobytes(total(sizes))} (${parts.join(', ')})`;
	});
	return [
		`  ${side} ${steps.map(([name, time]) => `${NAMES[name as Milestone]} ${time}`).join(', ')}`,
		`  ${side} files: ${Object.entries(files)
			.map(([kind, [from, to]]) => `${kind} ${from} to ${to}`)
			.join(', ')}`,
		...shipped
	];
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0);
