import type { ModelConfig } from '../../engine/families';
import type { Figure } from '../figure';
import { AttributeReader } from '../kit/attributes';

export const VIEWS = ['hunger', 'vit', 'cnn'] as const;
export type View = (typeof VIEWS)[number];

export interface State {
	/** What training needs, in a table; or how one of the two models of the site was made. */
	readonly view: View;
}

/** What came of training, as it was recorded. */
export const figure: Figure<State, ModelConfig> = {
	name: 'training',
	title: 'What training gives, and from how much',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = { view: read.oneOf('view', VIEWS, 'hunger') };
		read.end();
		return state;
	},
	// What is drawn was recorded, whatever model is in use.
	needs: () => [],
	taps: () => []
};
