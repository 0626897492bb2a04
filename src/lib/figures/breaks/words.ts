import { percent } from '../../marks/numbers';
import { RECORD, rowOf } from './measured';
import { betterAt, kept, type Side } from './sides';

/** The choices, as a reader reads them. */
export const SIDE_NAMES: Readonly<Record<Side, string>> = {
	cnn: 'The CNN',
	alike: 'Both alike',
	vit: 'The ViT'
};

/** The same in the middle of a sentence. */
export const SAID: Readonly<Record<Side, string>> = { cnn: 'the CNN', alike: 'both alike', vit: 'the ViT' };

/** What was measured of a change, in two sentences. */
export function measuredSentence(change: string): string {
	const { cnn, vit } = rowOf(change);
	const answers = `${RECORD.names.cnn} stays with its own first class on ${percent(kept(cnn))} of ${RECORD.photos} photos, ${RECORD.names.vit} on ${percent(kept(vit))}.`;
	const said: Readonly<Record<Side, string>> = {
		cnn: 'The CNN bears it better.',
		alike: 'They lie within three points, which so few photos hardly tell apart.',
		vit: 'The ViT bears it better.'
	};
	return `${answers} ${said[betterAt(change)]}`;
}
