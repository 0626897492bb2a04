import { toPatchworkError } from '../../base/errors';
import { sha256 } from '../../models/checksum';
import { decodeCalmly } from '../../photo/photo-thread';
import { thumbnailOf } from '../../photo/thumbnail';
import type { OwnPhoto } from './classes';

/** A file that was no photo, or not one that can be taken, with the reason. */
export interface Refused {
	readonly name: string;
	readonly why: string;
}

/** How a file becomes a photo of a class; the real thing, or a stand-in. */
export type Open = (file: Blob, title: string, signal?: AbortSignal) => Promise<OwnPhoto>;

let unnamed = 0;

/** Decodes a photo once, to see that it can be, and makes a small picture of it. @throws PatchworkError `photo`, `cancelled` */
export const openPhoto: Open = async (file, title, signal) => {
	const bitmap = await decodeCalmly(file, signal ? { signal } : {});
	try {
		// Without cryptography no photo is known again, and nothing else is lost.
		const content = await sha256(await file.arrayBuffer());
		return { id: content ?? `photo-${++unnamed}`, title, blob: file, thumb: await thumbnailOf(bitmap) };
	} finally {
		bitmap.close();
	}
};

/** How files are taken in. */
export interface Intake {
	/** What a photo that is here already is in, by its id; null for a new one. */
	readonly known: (id: string) => string | null;
	/** Given each photo as soon as it is open. */
	readonly onphoto: (photo: OwnPhoto) => void;
	readonly signal?: AbortSignal;
	readonly open?: Open;
}

/**
 * Opens files one after the other; what is none of our photos gets its sentence, and the others go on.
 * @throws PatchworkError `cancelled`
 */
export async function takeFiles(
	files: readonly File[],
	{ known, onphoto, signal, open = openPhoto }: Intake
): Promise<Refused[]> {
	const refused: Refused[] = [];
	for (const file of files) {
		try {
			signal?.throwIfAborted();
			const photo = await open(file, file.name, signal);
			const where = known(photo.id);
			if (where === null) onphoto(photo);
			else refused.push({ name: file.name, why: twice(where) });
		} catch (thrown) {
			const { code, message } = toPatchworkError(thrown, 'photo', 'It could not be opened; try another.');
			if (code === 'cancelled') throw thrown;
			refused.push({ name: file.name, why: message });
		}
	}
	return refused;
}

function twice(where: string): string {
	return `It is the same photo as one in “${where}”, and each counts once: a photo that was learned from is no test.`;
}
