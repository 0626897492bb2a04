/**
 * Where a key leads along a row of `count` items: left and down step back, right and up step on, Page Up and Page Down
 * take a tenth of the way, Home and End go to the ends. Null for a key that means nothing here.
 */
export function moveAlong(index: number, key: string, count: number): number | null {
	const stride = Math.max(1, Math.round(count / 10));
	const to = along(index, key, count, stride);
	return to === null ? null : clampIndex(to, count);
}

function along(index: number, key: string, count: number, stride: number): number | null {
	switch (key) {
		case 'ArrowLeft':
		case 'ArrowDown':
			return index - 1;
		case 'ArrowRight':
		case 'ArrowUp':
			return index + 1;
		case 'PageDown':
			return index - stride;
		case 'PageUp':
			return index + stride;
		case 'Home':
			return 0;
		case 'End':
			return count - 1;
		default:
			return null;
	}
}

/** The index nearest to `index` among `count` items; 0 when there are none. */
export function clampIndex(index: number, count: number): number {
	return Math.max(0, Math.min(count - 1, index));
}

/** The item under a share of the length that `count` equal items take; outside counts as the end. */
export function indexAt(share: number, count: number): number {
	return clampIndex(Math.floor(share * count), count);
}
