import { afterEach, describe, expect, it, vi } from 'vitest';
import { Camera } from './camera';

function fakeVideo(): HTMLVideoElement {
	return { play: () => Promise.resolve(), videoWidth: 0, srcObject: null } as unknown as HTMLVideoElement;
}

function stubCamera(getUserMedia: () => Promise<unknown>): void {
	vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
}

function fakeStream(): { stop: ReturnType<typeof vi.fn>; getTracks: () => unknown[] } {
	const stop = vi.fn();
	return { stop, getTracks: () => [{ stop }] };
}

afterEach(() => vi.unstubAllGlobals());

describe('Camera', () => {
	it.each([
		['NotAllowedError', /was not allowed/],
		['NotFoundError', /has no camera/],
		['NotReadableError', /in use by another program/],
		['OverconstrainedError', /could not be opened/]
	])('explains %s', async (name, sentence) => {
		stubCamera(() => Promise.reject(new DOMException('', name)));
		await expect(new Camera().open(fakeVideo())).rejects.toMatchObject({
			code: 'photo',
			message: expect.stringMatching(sentence) as string
		});
	});

	it('explains that an insecure page gets no camera', async () => {
		vi.stubGlobal('navigator', {});
		await expect(new Camera().open(fakeVideo())).rejects.toThrow(/only to pages served by https/);
	});

	it('shows the camera, and switches it off', async () => {
		const stream = fakeStream();
		const video = fakeVideo();
		stubCamera(async () => stream);
		const camera = new Camera();
		await camera.open(video);
		expect(video.srcObject).toBe(stream);
		camera.close();
		expect(stream.stop).toHaveBeenCalledOnce();
		expect(video.srcObject).toBeNull();
	});

	it('does not leave the camera on when it is allowed only after it was closed', async () => {
		const stream = fakeStream();
		stubCamera(async () => stream);
		const camera = new Camera();
		const opening = camera.open(fakeVideo());
		camera.close();
		await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
		expect(stream.stop).toHaveBeenCalledOnce();
	});

	it('switches the camera off when its picture cannot be played', async () => {
		const stream = fakeStream();
		stubCamera(async () => stream);
		const video = {
			...fakeVideo(),
			play: () => Promise.reject(new DOMException('', 'AbortError'))
		} as HTMLVideoElement;
		await expect(new Camera().open(video)).rejects.toThrow(/stopped before it gave a picture/);
		expect(stream.stop).toHaveBeenCalledOnce();
	});

	it('takes no picture before there is one', async () => {
		await expect(new Camera().capture()).rejects.toThrow(/shows no picture yet/);
	});
});
