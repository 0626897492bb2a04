/** A function that runs in the page; what it takes and gives is plain JSON. */
export type InPage<A extends readonly unknown[], T> = (...args: A) => T | Promise<T>;

/** A browser that is not Chromium, with one window, as far as the main path needs it. */
export interface BrowserWindow {
	/** Name and version, as the browser itself says. */
	readonly name: string;
	/** Resolves once the page is loaded. */
	open(address: string): Promise<void>;
	/** What a function gives in the page. It sees nothing of the test but its arguments. @throws Error of the page */
	ask<A extends readonly unknown[], T>(work: InPage<A, T>, ...args: A): Promise<T>;
	close(): Promise<void>;
}

/** The source of a function that calls `work` with arguments that come as JSON, and gives what it gives as JSON. */
export const asJson = (work: (...args: never[]) => unknown): string =>
	`async (args) => JSON.stringify((await (${String(work)})(...JSON.parse(args))) ?? null)`;

/** Asks again until the answer is yes. @throws Error after two minutes */
export async function until<A extends readonly unknown[]>(
	window: BrowserWindow,
	what: string,
	work: InPage<A, boolean>,
	...args: A
): Promise<void> {
	const end = Date.now() + 120_000;
	while (!(await window.ask(work, ...args))) {
		if (Date.now() > end) throw new Error(`Waited two minutes for this in ${window.name}: ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
