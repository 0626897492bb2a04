/** What the figure tells the page that it is in, whenever its size changes: docs/embedding.md. In CSS pixels. */
export interface SizeMessage {
	readonly source: 'patchwork';
	readonly type: 'size';
	readonly width: number;
	readonly height: number;
}

/**
 * Tells the page around this one how large an element is, now and from then on. To any page, for there is nothing in it
 * that is anybody's secret. @returns how to stop
 */
export function tellSize(element: HTMLElement): () => void {
	let told = '';
	const observer = new ResizeObserver(() => {
		const { width, height } = element.getBoundingClientRect();
		const message: SizeMessage = {
			source: 'patchwork',
			type: 'size',
			width: Math.ceil(width),
			height: Math.ceil(height)
		};
		if (JSON.stringify(message) === told) return;
		told = JSON.stringify(message);
		parent.postMessage(message, '*');
	});
	observer.observe(element);
	return () => observer.disconnect();
}
