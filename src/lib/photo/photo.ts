/** A photo in memory, upright. Whoever holds it closes the bitmap. */
export interface Photo {
	readonly bitmap: ImageBitmap;
	/** A few words, e.g. the file's name. */
	readonly title: string;
	/** What the picture shows, for those who cannot see it. */
	readonly alt: string;
	/** The id of the sample that it is, or null for the reader's own. */
	readonly sample: string | null;
	/** Where it was fetched from, and others can fetch it too; absent for a file of the reader's. */
	readonly address?: string;
	/** The file that it was decoded from. */
	readonly blob: Blob;
	/** One object for all pictures that count as one photo: those of a camera that films. Without it, a photo is its file. */
	readonly scene?: object;
}

/** What two photos share exactly where they count as one: where one is looked at, the other goes on from there. */
export const identityOf = ({ scene, blob }: Pick<Photo, 'scene' | 'blob'>): object => scene ?? blob;
