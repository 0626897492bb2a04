import { toPatchworkError } from '../base/errors';
import { Camera } from './camera';

const NO_CAMERA = 'The camera could not be opened; choose a file instead.';

/**
 * Has a camera on for exactly as long as its picture is on the page: for `{@attach …}` of a video.
 * @param film begins when the camera shows something, until the signal comes
 * @param ended told where anything but the video's going ends it: a sentence of what failed, or null where nothing did
 */
export function filming(
	film: (camera: Camera, signal: AbortSignal) => Promise<void>,
	ended: (failure: string | null) => void
): (video: HTMLVideoElement) => () => void {
	return (video) => {
		const camera = new Camera();
		const stop = new AbortController();
		void run(camera, video, stop.signal).then((failure) => {
			if (!stop.signal.aborted) ended(failure);
		});
		return () => {
			stop.abort();
			camera.close();
		};
	};

	async function run(camera: Camera, video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
		try {
			await camera.open(video);
			await pictureOf(video, signal);
			await film(camera, signal);
			return null;
		} catch (thrown) {
			const { code, message } = toPatchworkError(thrown, 'photo', NO_CAMERA);
			return code === 'cancelled' ? null : message;
		}
	}
}

/** A camera that has been opened may take a moment to show something. */
function pictureOf(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
	if (video.videoWidth > 0) return Promise.resolve();
	return new Promise((resolve) => {
		for (const event of ['loadeddata', 'emptied']) video.addEventListener(event, () => resolve(), { signal });
	});
}
