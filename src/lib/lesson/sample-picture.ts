import { fetchFile, type MakePicture } from './recorded';
import { sharpPicture } from '../run/sharp';

/** Gives how the recorded sample's picture is made: from its own file, as that of a live run is. */
export const samplePicture =
	(site: string): MakePicture =>
	async ({ id, title, alt, file }, crop) => {
		const blob = await (await fetchFile(site + file)).blob();
		const bitmap = await createImageBitmap(blob);
		try {
			return await sharpPicture({ bitmap, title, alt, sample: id, blob }, crop);
		} finally {
			bitmap.close();
		}
	};
