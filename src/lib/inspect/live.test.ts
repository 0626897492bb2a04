import { describe, expect, it, vi } from 'vitest';
import { Gate } from '../base/gate';
import type { Session } from '../app/session.svelte';
import { live } from './live';

/** A session that shows what it is given, and counts how many pictures are on their way at once. */
function fakeSession(shows: (count: number) => boolean = () => true) {
	const seen = { opened: 0, waiting: 0, most: 0 };
	const session = {
		shown: null as Session['shown'],
		async open(_: string, take: Parameters<Session['open']>[1]) {
			seen.most = Math.max(seen.most, ++seen.waiting);
			const photo = await take(new AbortController().signal, () => undefined, new Gate());
			await Promise.resolve();
			seen.waiting--;
			seen.opened++;
			if (shows(seen.opened)) session.shown = { photo } as Session['shown'];
			return photo;
		}
	};
	return { session, seen };
}

const camera = { capture: async () => new Blob(['a picture']) };

describe('the live camera', () => {
	vi.stubGlobal('createImageBitmap', async () => ({}));

	it('takes one picture after the other until it is stopped, and none ever waits', async () => {
		const stop = new AbortController();
		const { session, seen } = fakeSession((count) => {
			if (count === 5) stop.abort();
			return true;
		});
		await live(session, camera, stop.signal);
		expect(seen).toEqual({ opened: 5, waiting: 0, most: 1 });
	});

	it('ends where another photo was opened meanwhile', async () => {
		const { session, seen } = fakeSession((count) => count < 3);
		await live(session, camera, new AbortController().signal);
		expect(seen.opened).toBe(3);
	});

	it('ends where no picture could be had', async () => {
		const open = vi.fn(async () => null);
		await live({ shown: null, open }, camera, new AbortController().signal);
		expect(open).toHaveBeenCalledOnce();
	});
});
