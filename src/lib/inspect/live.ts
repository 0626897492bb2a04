import type { Photo } from '../photo/photo';
import type { Session } from '../app/session.svelte';
import type { Camera } from '../photo/camera';

const TITLE = 'What the camera sees';

/**
 * Shows what the model makes of a camera's pictures, one after the other: the next one is taken when the run of the one
 * before is shown, so that none ever waits, however slow the device is. It ends when it is stopped, when a run or a picture
 * fails, which the session reports, or when another photo was opened meanwhile: that one stays.
 */
export async function live(
	session: Pick<Session, 'open' | 'shown'>,
	camera: Pick<Camera, 'capture'>,
	signal: AbortSignal
): Promise<void> {
	while (!signal.aborted) {
		const photo = await session.open('Looking through the camera', () => moment(camera));
		if (!photo || session.shown?.photo !== photo) return;
	}
}

async function moment(camera: Pick<Camera, 'capture'>): Promise<Photo> {
	const blob = await camera.capture();
	const bitmap = await createImageBitmap(blob);
	return { bitmap, title: TITLE, alt: `${TITLE} at this moment`, sample: null, blob };
}
