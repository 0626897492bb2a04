import sharp from 'sharp';
import { withoutHalf } from '../../src/lib/analysis/half-of-patches.ts';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import type { Edit } from '../../src/lib/engine/edits/edit.ts';
import { tapsRanked } from '../../src/lib/engine/edits/prepare.ts';
import { isViT, type ModelConfig } from '../../src/lib/engine/families.ts';
import type { Model } from '../../src/lib/engine/model.ts';
import type { Preprocessed } from '../../src/lib/engine/preprocess.ts';
import type { PixelSource } from '../../src/lib/engine/pixel-source.ts';
import type { Trace } from '../../src/lib/engine/trace.ts';
import { prefixTokens, type ViTConfig } from '../../src/lib/engine/vit/config.ts';
import type { Change, Changeable } from '../../src/lib/photo/changes/changes.ts';
import { stripOf } from '../../src/lib/photo/changes/move.ts';
import { bytesOf, inputOf, pixelsOf, type Pixels } from '../../src/lib/photo/changes/pixels.ts';
import type { ReadTap, Removal } from './removals.ts';

/** A photo, and the untouched run of it. */
export interface Photo {
	readonly source: PixelSource;
	readonly input: Preprocessed;
	readonly untouched: Trace;
	/** What is random on this photo depends on it. */
	readonly seed: number;
}

/** One thing that is tried on every photo. */
export interface Trial {
	readonly name: string;
	/** Taps of the untouched run that it reads. */
	readonly taps: readonly string[];
	/** Makes the run; its answer is the caller's to dispose. */
	run(photo: Photo, models: Models, keep: (tap: string) => boolean): Promise<Trace>;
}

/** A model, and the same at other sizes of input, each made once. */
export class Models {
	readonly #others = new Map<string, Model>();

	constructor(readonly own: Model) {}

	/** @throws PatchworkError `request` for a size that the model does not take */
	at(height: number, width: number): Model {
		const [ownHeight, ownWidth] = this.own.config.imageSize;
		if (height === ownHeight && width === ownWidth) return this.own;
		const key = `${height} x ${width}`;
		const found = this.#others.get(key) ?? this.own.at([height, width]);
		this.#others.set(key, found);
		return found;
	}

	dispose(): void {
		for (const model of [...this.#others.values(), this.own]) model.dispose();
	}
}

/** @param edits as of a file */
export function editTrial(name: string, edits: readonly Edit[]): Trial {
	return {
		name,
		taps: [...tapsRanked(edits)],
		run: ({ input, untouched }, { own }, taps) => own.run(input.pixelValues, { edits, untouched, taps })
	};
}

export function removalTrial(removal: Removal, config: ModelConfig): Trial {
	const vit = plainViT(config, `"${removal.name}"`);
	return {
		name: removal.name,
		taps: removal.taps(vit),
		async run({ input, untouched, seed }, { own }, taps) {
			const read: ReadTap = (name) => untouched.read(name);
			const edits = [withoutHalf(await removal.scores(read, vit, seed), prefixTokens(vit))];
			return own.run(input.pixelValues, { edits, untouched, taps });
		}
	};
}

export function changeTrial(change: Change): Trial {
	return {
		name: change.name,
		taps: [],
		async run({ source, input, seed }, models, taps) {
			const { preprocess } = models.own.config;
			const photo: Changeable = {
				crop: pixelsOf(input.seen),
				strip: () => stripOf(source, preprocess),
				jpeg: asJpeg,
				seed
			};
			const changed = await change.apply(photo);
			const pixels = inputOf(changed, { ...preprocess, ...change.norm });
			return models.at(changed.height, changed.width).run(pixels, { taps });
		}
	};
}

/** What a JPEG keeps of a picture, by libjpeg-turbo with chroma at half size, as Pillow stores it. */
async function asJpeg(pixels: Pixels, quality: number): Promise<Pixels> {
	const { width, height } = pixels;
	const raw = sharp(bytesOf(pixels), { raw: { width, height, channels: 4 } }).removeAlpha();
	const jpeg = await raw.jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer();
	const data = await sharp(jpeg).ensureAlpha().raw().toBuffer();
	return pixelsOf({ data, width, height });
}

/** @param what needs it @throws PatchworkError `request` for a model whose tokens are not ranked by a CLS token */
export function plainViT(config: ModelConfig, what: string): ViTConfig {
	if (isViT(config) && config.cls) return config;
	throw new PatchworkError(
		'request',
		`${what} goes by what the CLS token attends to, and this model has none: choose a ViT that has one.`
	);
}
