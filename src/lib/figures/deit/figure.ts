import { AttributeReader } from '../kit/attributes';
import type { Figure } from '../figure';
import { tapsOfTwo } from './two-tokens';

export type Method = 'soft' | 'hard';

/** Of a model that has both tokens, what is shown: these, or the losses that teach them. */
export type Part = 'tokens' | 'losses';

export type State = {
	part: Part;
	method: Method;
	/** Which of the run's likeliest classes the photo is labelled with, and which the teacher favours; from 0. */
	label: number;
	teacher: number;
	/** How much the teacher gives its favourite, in percent, 1 to 99. */
	sure: number;
	/** At least 1. */
	temperature: number;
};

/** Ends of the two sliders: percent, and DeiT's own temperature (3) in the middle. */
export const SURE = { min: 5, max: 99 };
export const TEMPERATURE = { min: 1, max: 10 };

const between = (value: number, { min, max }: { min: number; max: number }) => Math.max(min, Math.min(max, value));

export const figure: Figure<State> = {
	name: 'deit',
	title: 'DeiT: a teacher and a second token',

	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			part: read.oneOf('part', ['tokens', 'losses'], 'losses'),
			method: read.oneOf('method', ['soft', 'hard'], 'soft'),
			label: read.whole('label', 0),
			teacher: read.whole('teacher', 0),
			sure: between(read.whole('sure', 80), SURE),
			temperature: between(read.whole('temperature', 3), TEMPERATURE)
		};
		read.end();
		return state;
	},

	taps: (config) => [
		...new Set([...(config.classes > 0 ? ['embeddings', 'logits'] : ['embeddings']), ...tapsOfTwo(config)])
	]
};
