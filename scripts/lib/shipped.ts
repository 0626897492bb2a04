/** What a file of the site is to a page that loads it. */
export const KINDS = ['html', 'css', 'js', 'wasm', 'model', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** Bytes of each kind, compressed as a host sends them. */
export type Shipped = Readonly<Record<Kind, number>>;

/** A file that the site was asked for. Times in milliseconds since 1970, as whole numbers or not. */
export interface Sent {
	/** From the root of the site, without a query. */
	readonly path: string;
	readonly began: number;
	/** Null while it is on its way. */
	readonly ended: number | null;
	/** Compressed. */
	readonly bytes: number;
}

const ENDINGS: Readonly<Record<string, Kind>> = { css: 'css', js: 'js', wasm: 'wasm' };

/** @param path of a request, without a query */
export function kindOf(path: string): Kind {
	if (/^\/models\/[^/]+\/./.test(path)) return 'model';
	if (path.endsWith('/') || path.endsWith('.html')) return 'html';
	return ENDINGS[path.split('.').at(-1) ?? ''] ?? 'other';
}

/** What had been sent by a time; a file that was still on its way then is none of it. */
export function shippedBefore(sent: readonly Sent[], time: number): Shipped {
	const shipped = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
	for (const { path, ended, bytes } of sent) if (ended !== null && ended <= time) shipped[kindOf(path)] += bytes;
	return shipped;
}

/** When the first file of a kind was asked for, and when the last that had come by a time was there; null if none had. */
export function spanOf(sent: readonly Sent[], kind: Kind, time: number): { from: number; to: number } | null {
	const there = sent.filter(({ path, ended }) => kindOf(path) === kind && ended !== null && ended <= time);
	if (there.length === 0) return null;
	const from = Math.min(...there.map(({ began }) => began));
	return { from, to: Math.max(...there.map(({ ended }) => ended ?? 0)) };
}

export const total = (shipped: Shipped): number => KINDS.reduce((sum, kind) => sum + shipped[kind], 0);
