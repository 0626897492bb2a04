import { AttributeReader } from '../kit/attributes';
import { headTaps } from '../../engine/scores';
import { pictureVectorTap } from '../../analysis/picture-vector';
import type { Figure } from '../figure';

export const VIEWS = ['head', 'parts'] as const;

export interface WholeModelState {
	/** From what the classifier reads to what it says; or where the parameters are. */
	readonly view: (typeof VIEWS)[number];
}

export const figure: Figure<WholeModelState> = {
	name: 'whole-model',
	title: 'The classifier, and where the parameters are',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: WholeModelState = { view: read.oneOf('view', VIEWS, 'head') };
		read.end();
		return state;
	},
	taps: (config, { view }) => (view === 'parts' ? [] : [pictureVectorTap(config), ...headTaps(config)])
};
