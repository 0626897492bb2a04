import type { ModelConfig } from '../../engine/families';
import { TASKS, type Task } from '../../engine/train/contract';
import { RECIPE } from '../../engine/train/presets';
import { gives, scoreText } from '../../marks/scores';
import type { Figure, ModelRun, Reveal } from '../figure';
import { AttributeReader } from '../kit/attributes';

export const VIEWS = ['growing', 'hunger', 'patchwork-t', 'patchwork-c'] as const;
export type View = (typeof VIEWS)[number];

/** What is changed of the pair that grows: nothing, the ViT's positions are gone, or a CNN teaches it. */
export const CHANGES = ['none', 'positions', 'teacher'] as const;
export type Change = (typeof CHANGES)[number];

export interface State {
	/** How a ViT and a CNN grow; from how much, in a table; or how one of the two models of the site was made. */
	readonly view: View;
	/** Of {@link view} `growing`: what both learn, what is changed, and the step of training that is looked at. */
	readonly task: Task;
	readonly change: Change;
	readonly at: number;
}

/** Up to which loss a model is as good as sure, and up to which it has some doubt; in nats. */
const SURE = 0.1;
const DOUBT = 1;

/** The loss of the run's first class, if that is right. */
const loss: Reveal<ModelRun> = {
	taps: () => [],
	answer({ model: { config }, top }) {
		const [first] = top;
		if (config.scores !== 'softmax' || !first)
			return { choice: null, sentence: `This model gives ${gives(config)}, so no class can come first and have a loss.` };
		const nats = -Math.log(first.score);
		return {
			choice: nats < SURE ? 0 : nats < DOUBT ? 1 : 2,
			sentence: `“${first.label}” was given ${scoreText(first.score, config.scores)}, so the loss is ${Math.abs(nats).toFixed(3)} if that is right.`
		};
	}
};

/** What came of training, as it was recorded. */
export const figure: Figure<State, ModelConfig> = {
	name: 'training',
	title: 'What training gives, and from how much',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			view: read.oneOf('view', VIEWS, 'hunger'),
			task: read.oneOf('task', TASKS, 'shape'),
			change: read.oneOf('change', CHANGES, 'none'),
			at: read.whole('at', RECIPE.steps)
		};
		read.end();
		return state;
	},
	// What is drawn was recorded, whatever model is in use.
	needs: () => [],
	taps: () => [],
	reveals: { loss }
};
