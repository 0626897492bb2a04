/** Handles on time for tests; nothing that is shipped imports this file. */
/** A promise with its handles outside. */
export interface Deferred<T> {
	readonly promise: Promise<T>;
	resolve(value: T): void;
	reject(reason: unknown): void;
}

export function deferred<T>(): Deferred<T> {
	let resolve!: (value: T) => void;
	let reject!: (reason: unknown) => void;
	const promise = new Promise<T>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	return { promise, resolve, reject };
}

/** Lets everything that is ready to go on do so. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
