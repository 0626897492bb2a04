import type { ModelConfig } from '../../engine/families';
import type { Figure } from '../figure';
import { AttributeReader } from '../kit/attributes';
import { work } from './reveal';

export const VIEWS = ['between', 'first', 'second', 'shortcuts'] as const;
export type View = (typeof VIEWS)[number];

export interface State {
	/** Which blocks are held against which; or what goes past them. */
	readonly view: View;
}

/** How alike the blocks of two networks are, and what their shortcuts carry. */
export const figure: Figure<State, ModelConfig> = {
	name: 'alike',
	title: 'Two networks, from the inside',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = { view: read.oneOf('view', VIEWS, 'between') };
		read.end();
		return state;
	},
	// What is drawn was recorded of the two networks of the site; the reader's own model may be any.
	needs: () => [],
	taps: () => [],
	reveals: { work }
};
