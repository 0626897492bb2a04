/** Lets the browser answer the reader and draw before the next piece of a long work. */
export function nextTask(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}
