import { cosine } from '../analysis/cosine';
import type { Pause } from '../base/slices';
import { pca, project } from '../analysis/pca';

/** What stands for a photo: its embedding, which in most models is the final CLS token (see `vectors.ts`), or its pixels. */
export type Space = 'cls' | 'pixels';

/** The id of the photo of the run that is shown. */
export const CURRENT = 'current';

/** A photo with the vectors that may stand for it. */
export interface Embedded {
	readonly id: string;
	readonly title: string;
	/** Its embedding: what the head reads. (d), or (2d) of CLS and the mean of the patches. */
	readonly cls: Float32Array;
	/** (c * height * width): the model's input. */
	readonly pixels: Float32Array;
}

export interface Neighbour {
	readonly id: string;
	readonly title: string;
	/** In [-1, 1]. */
	readonly cosine: number;
}

/** Two photos count as one when their embeddings point the same way to within rounding: one sample, seen twice. */
const SAME = 0.9999;

/** Each photo once, the first of those that are the same: a sample that is the current photo, or one added twice. */
export function withoutTwins(photos: readonly Embedded[]): Embedded[] {
	const kept: Embedded[] = [];
	for (const photo of photos) {
		if (kept.every(({ cls }) => cosine(cls, photo.cls) < SAME)) kept.push(photo);
	}
	return kept;
}

/** The other photos, most alike first. Empty for an id that is not among them. */
export function neighboursOf(photos: readonly Embedded[], id: string, space: Space): Neighbour[] {
	const picked = photos.find((photo) => photo.id === id);
	if (!picked) return [];
	return withoutTwins([picked, ...photos.filter((photo) => photo !== picked)])
		.slice(1)
		.map((other) => ({ id: other.id, title: other.title, cosine: cosine(picked[space], other[space]) }))
		.sort((a, b) => b.cosine - a.cosine);
}

/** Where each photo lies in the plane in which they differ most. */
export interface Layout {
	readonly places: readonly { readonly id: string; readonly x: number; readonly y: number }[];
	/** The share of all variance that each axis shows, in [0, 1]. */
	readonly explained: readonly [x: number, y: number];
}

/**
 * The photos along their first two principal components. A component that they do not have is 0.
 * @throws what `pause` throws
 */
export async function layOut(photos: readonly Embedded[], space: Space, pause?: Pause): Promise<Layout> {
	const width = photos[0]?.[space].length ?? 0;
	const rows = new Float32Array(photos.length * width);
	photos.forEach((photo, i) => rows.set(photo[space], i * width));
	const found = await pca(rows, width, 2, pause);
	const share = (i: number) => (found.total > 0 ? (found.variances[i] ?? 0) / found.total : 0);
	const places = photos.map((photo) => {
		const [x = 0, y = 0] = project(photo[space], found);
		return { id: photo.id, x, y };
	});
	return { places, explained: [share(0), share(1)] };
}
