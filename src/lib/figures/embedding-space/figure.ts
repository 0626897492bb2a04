import { pictureVector } from '../../analysis/picture-vector';
import type { ModelConfig } from '../../engine/families';
import { AttributeReader } from '../kit/attributes';
import { exact } from '../kit/words';
import type { ModelRun, Figure, Tap, Verdict } from '../figure';
import { allSamples } from '../../embeddings/collect';
import { CURRENT, neighboursOf, type Embedded, type Space } from '../../embeddings/neighbours';
import { embeddingName, tapsOf } from '../../embeddings/vectors';

const SPACES: readonly Space[] = ['cls', 'pixels'];

export interface State {
	readonly space: Space;
	/** The id of the photo whose neighbours are listed; `current` is the one of the run that is shown. */
	readonly picked: string;
	/** Whether small edits of the photo are among the photos. */
	readonly edits: boolean;
}

/** The photo of the run that is shown. */
export function currentPhoto({ model }: Pick<ModelRun, 'model'>, tap: Tap): Embedded {
	const [end] = tapsOf(model.config);
	const cls = pictureVector(tap(end), model.config);
	return { id: CURRENT, title: 'This photo', cls, pixels: tap('pixel_values').data };
}

/** Whether the sample nearest in pixels is also the nearest by what stands for the photo. @param name its name */
export function verdictNearest(current: Embedded, others: readonly Embedded[], name: string): Verdict {
	const all = [current, ...others];
	const [byPixels, byCls] = [neighboursOf(all, CURRENT, 'pixels')[0], neighboursOf(all, CURRENT, 'cls')[0]];
	if (!byPixels || !byCls) return { choice: null, sentence: 'There is no other photo to compare with.' };
	const same = byPixels.id === byCls.id;
	const pixels = `By its pixels, '${byPixels.title}' is nearest (${exact(byPixels.cosine)})`;
	const cls = `'${byCls.title}' (${exact(byCls.cosine)})`;
	return same
		? { choice: 0, sentence: `${pixels}, and by the ${name} it is the same one: ${cls}.` }
		: { choice: 1, sentence: `${pixels}; by the ${name} it is ${cls}.` };
}

async function nearest(run: ModelRun, tap: Tap): Promise<Verdict> {
	const current = currentPhoto(run, tap);
	return verdictNearest(current, await allSamples(run), embeddingName(run.model.config));
}

export const figure: Figure<State, ModelConfig> = {
	name: 'embedding-space',
	title: 'Photos by their embeddings',
	parse(attributes) {
		const reader = new AttributeReader(attributes);
		const state: State = {
			space: reader.oneOf('space', SPACES, 'cls'),
			picked: reader.text('picked', CURRENT),
			edits: reader.flag('edits', false)
		};
		reader.end();
		return state;
	},
	needs: () => [],
	taps: tapsOf,
	reveals: { nearest: { taps: tapsOf, answer: nearest } }
};
