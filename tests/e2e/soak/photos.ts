import type { BAD, Picture } from '../../../scripts/lib/soak-walk';
import type { Upload } from '../inspect-page';
import { asUpload, corruptJpeg, hugePng, plain, quarters, upload } from '../pictures';

/** The quarters in that size, with their colours turned. @param name of the file, without its ending */
export function photoFile(name: string, { width, height, format, hue }: Picture): Promise<Upload> {
	return upload(name, quarters(width, height).modulate({ hue }), format);
}

/** A file that is refused. */
export async function badFile(kind: (typeof BAD)[number]): Promise<Upload> {
	switch (kind) {
		case 'text':
			return asUpload('letter.jpg', Buffer.from('Dear diary, no picture today.'), 'image/jpeg');
		case 'empty':
			return asUpload('empty.png', Buffer.alloc(0), 'image/png');
		case 'damaged':
			return asUpload('damaged.jpg', await corruptJpeg(), 'image/jpeg');
		case 'cut': {
			const { name, type, data } = await upload('cut', quarters(), 'jpeg');
			return asUpload(name, data.subarray(0, data.length >> 1), type);
		}
		case 'huge':
			return asUpload('huge.png', hugePng(12000, 9000), 'image/png');
		case 'strip':
			return upload('strip', plain('red', 1, 4000));
	}
}
