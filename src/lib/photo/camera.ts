import { PatchworkError } from '../base/errors';

/** The rear camera where there are two; a size that any camera has and any model's input fits into. */
const WISHES: MediaStreamConstraints = {
	audio: false,
	video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 960 } }
};

/** By the name of the exception that getUserMedia rejects with (Media Capture and Streams, section 10.2). */
const REFUSALS: Readonly<Record<string, string>> = {
	NotAllowedError: 'The camera was not allowed; allow it for this page in the browser’s settings, or choose a file.',
	NotFoundError: 'This device has no camera that the page can use; choose a file instead.',
	NotReadableError: 'The camera is in use by another program; close that one and try again.',
	AbortError: 'The camera stopped before it gave a picture; try again.'
};

function cameraError(error: unknown): PatchworkError {
	const name = error instanceof DOMException ? error.name : '';
	const sentence = REFUSALS[name] ?? 'The camera could not be opened; choose a file instead.';
	return new PatchworkError('photo', sentence, { cause: error });
}

/** One camera, open from {@link open} to {@link close}. */
export class Camera {
	#stream: MediaStream | null = null;
	#video: HTMLVideoElement | null = null;
	/** Counts openings and closings, so that a permission given too late does not leave the camera on. */
	#turn = 0;

	/**
	 * Asks for the camera and shows it in `video`. Throws a {@link PatchworkError} of code `photo` when it is refused
	 * or absent, and of code `cancelled` when the camera was closed meanwhile.
	 */
	async open(video: HTMLVideoElement): Promise<void> {
		this.close();
		const turn = this.#turn;
		// Outside of a secure context there is no such property, whatever the types say.
		const devices = navigator.mediaDevices as MediaDevices | undefined;
		if (!devices)
			throw new PatchworkError('photo', 'Browsers give the camera only to pages served by https; choose a file.');
		try {
			const stream = await devices.getUserMedia(WISHES);
			this.#adopt(stream, video, turn);
			await video.play();
		} catch (error) {
			if (turn !== this.#turn) throw new PatchworkError('cancelled', 'Cancelled.', { cause: error });
			this.close();
			throw cameraError(error);
		}
	}

	#adopt(stream: MediaStream, video: HTMLVideoElement, turn: number): void {
		if (turn !== this.#turn) {
			stopAll(stream);
			throw new PatchworkError('cancelled', 'Cancelled.');
		}
		this.#stream = stream;
		this.#video = video;
		video.srcObject = stream;
		// Without these an iPhone plays it in full screen.
		video.muted = true;
		video.playsInline = true;
	}

	/** The picture of this moment, as a PNG in the camera's own size. Throws when the camera shows nothing yet. */
	async capture(): Promise<Blob> {
		const video = this.#shown();
		const canvas = document.createElement('canvas');
		canvas.width = video.videoWidth;
		canvas.height = video.videoHeight;
		canvas.getContext('2d')?.drawImage(video, 0, 0);
		const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
		if (!blob) throw new PatchworkError('photo', 'The picture could not be taken; try again.');
		return blob;
	}

	/** The picture of this moment, upright; the caller's to close. Throws when the camera shows nothing yet. */
	async frame(): Promise<ImageBitmap> {
		return createImageBitmap(this.#shown());
	}

	#shown(): HTMLVideoElement {
		const video = this.#video;
		if (video && video.videoWidth > 0) return video;
		throw new PatchworkError('photo', 'The camera shows no picture yet; wait until you see one and try again.');
	}

	/** Switches the camera off; safe to call at any time. */
	close(): void {
		this.#turn++;
		if (this.#stream) stopAll(this.#stream);
		if (this.#video) this.#video.srcObject = null;
		this.#stream = null;
		this.#video = null;
	}
}

function stopAll(stream: MediaStream): void {
	for (const track of stream.getTracks()) track.stop();
}
