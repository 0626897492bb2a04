/** What a page of the site comes to while it opens, in this order or another. Milliseconds since the navigation. */
export const MILESTONES = ['html', 'firstPaint', 'picture', 'hydrated', 'overlay', 'live'] as const;
export type Milestone = (typeof MILESTONES)[number];

export interface Watched {
	/** Of the navigation, in milliseconds since 1970. */
	readonly origin: number;
	readonly times: Readonly<Partial<Record<Milestone, number>>>;
}

declare global {
	interface Window {
		watched: () => Watched;
	}
}

/** What is looked for in a page, at every frame, as selectors. It must hold for every commit that is measured. */
export interface Signs {
	/** A picture is drawn. */
	readonly picture: string;
	/** It is of the model's run on this very page; without one, the page itself says so by a mark. */
	readonly live: string | null;
}

/** Runs in the page before its own code, alone, and notes when each milestone was first seen. */
export function watchOpening({ picture, live }: Signs): void {
	const FIRST_RESULT = 'patchwork:first-result';
	const times: Partial<Record<Milestone, number>> = {};
	const note = (name: Milestone, time = performance.now()) => void (times[name] ??= time);

	// The marks draw their maps with it; what can be pointed at is a photo.
	const prototype = CanvasRenderingContext2D.prototype;
	const { putImageData } = prototype;
	prototype.putImageData = function (this: CanvasRenderingContext2D, ...drawn: unknown[]) {
		Reflect.apply(putImageData, this, drawn);
		const photo = this.canvas instanceof HTMLCanvasElement && this.canvas.closest('[role=slider]');
		if (photo) note('overlay');
	};

	// Of a photo that the parser brings, the browser itself says when it was painted.
	let painted: number | undefined;
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries() as (PerformanceEntry & { readonly element?: Element | null })[]) {
			if (entry.element?.matches('figure img')) painted ??= entry.startTime;
		}
	}).observe({ type: 'largest-contentful-paint', buffered: true });

	const look = () => {
		if (document.querySelector(picture)) note('picture');
		if (document.querySelector('#svelte-announcer')) note('hydrated');
		if (live !== null && document.querySelector(live)) note('live');
		requestAnimationFrame(look);
	};
	requestAnimationFrame(look);

	window.watched = () => {
		const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
		const timed: Partial<Record<Milestone, number | undefined>> = {
			html: page?.responseEnd,
			firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
			...(live === null && { live: performance.getEntriesByName(FIRST_RESULT)[0]?.startTime })
		};
		const found = { ...times, ...timed };
		if (found.picture !== undefined && painted !== undefined) found.picture = Math.max(found.picture, painted);
		return { origin: performance.timeOrigin, times: found as Watched['times'] };
	};
}
