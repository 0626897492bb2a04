import type { Session } from '../app/session.svelte';
import type { Crop } from '../engine/crop';
import { toPatchworkError } from '../base/errors';
import type { Camera } from '../photo/camera';
import type { Photo } from '../photo/photo';

const TITLE = 'What the camera sees';
const NO_PICTURE = 'The camera’s picture could not be read; please try again.';
const OTHER = 'The camera was switched off, as another photo was asked for.';
const GIVEN_UP = 'The camera was switched off, as the run on its picture was cancelled.';

/**
 * Shows what the model makes of a camera's pictures, one after the other: the next one is taken when the run of the one
 * before is shown, so that none ever waits, however slow the device is. A question about the picture at hand, by another
 * model, at another size or of another region, is answered before the next one comes, which goes on with that. It ends
 * when it is stopped, when a run fails, which the session reports, or when another photo is asked for: it takes no place
 * from that one.
 * @returns why it was switched off, in a sentence; null where it was stopped, or the session says so
 * @throws PatchworkError `photo` where the camera gives no picture
 */
export async function live(
	session: Pick<Session, 'open' | 'shown' | 'settled' | 'photos' | 'runs'>,
	camera: Pick<Camera, 'capture'>,
	signal: AbortSignal
): Promise<string | null> {
	const scene = {};
	let last = session.shown?.photo;
	for (const lane of [session.photos, session.runs]) lane.dismiss();
	for (;;) {
		const photo = await moment(camera, scene, signal);
		if (!photo) return null;
		await session.settled();
		const before = signal.aborted ? STOPPED : ended(session, last, last);
		if (before) {
			photo.bitmap.close();
			return before.why;
		}
		const opened = await session.open('Looking through the camera', async () => photo, cropOf(session.shown, photo));
		if (!opened) photo.bitmap.close();
		await session.settled();
		const after = signal.aborted ? STOPPED : ended(session, photo, last);
		if (after) return after.why;
		last = photo;
	}
}

interface End {
	readonly why: string | null;
}

const STOPPED: End = { why: null };

/** Whether it is over where `here` is to be shown, in place of `last`, and why; null where it goes on. */
function ended(
	{ photos, runs, shown }: Pick<Session, 'shown' | 'photos' | 'runs'>,
	here: Photo | undefined,
	last: Photo | undefined
): End | null {
	if (photos.task !== null) return { why: OTHER };
	if (photos.error !== null || runs.error !== null) return STOPPED;
	if (shown?.photo === here) return null;
	return { why: shown?.photo === last ? GIVEN_UP : OTHER };
}

/** The region of the picture before, where that lies in this one, too; null for the centre. */
function cropOf(shown: Session['shown'], { scene, bitmap }: Photo): Crop | null {
	const isAlike =
		shown?.photo.scene === scene &&
		shown?.photo.bitmap.width === bitmap.width &&
		shown.photo.bitmap.height === bitmap.height;
	return isAlike ? shown.crop : null;
}

/** Null where it is stopped meanwhile. */
async function moment(camera: Pick<Camera, 'capture'>, scene: object, signal: AbortSignal): Promise<Photo | null> {
	try {
		const blob = await camera.capture();
		const bitmap = await createImageBitmap(blob);
		if (!signal.aborted) return { bitmap, title: TITLE, alt: `${TITLE} at this moment`, sample: null, blob, scene };
		bitmap.close();
	} catch (thrown) {
		if (!signal.aborted) throw toPatchworkError(thrown, 'photo', NO_PICTURE);
	}
	return null;
}
