import { pictureVectorTap } from '../../analysis/picture-vector';
import { lastTap } from '../../engine/scores';
import { tapSpecs } from '../../engine/families';
import type { TapSpec } from '../../engine/tap';
import type { ViTConfig } from '../../engine/vit/config';
import { AttributeReader, clampIndex } from '../kit/attributes';
import { lookAtPixels } from '../kit/look-at-pixels';
import { PLAIN } from '../kit/ways';
import { specOf } from '../kit/where';
import type { ModelRun, Figure, Verdict } from '../figure';
import { upsideDown } from '../../photo/framed';
import { STOPS, type Stop } from './stops';
import { verdictUpsideDown } from './words';
import type { ModelAnswer } from '../../worker/protocol';

const VIEWS = ['prediction', 'pipeline', 'transformer'] as const;
const DESIGNS = ['translation', 'vit'] as const;

export type Design = (typeof DESIGNS)[number];

export interface State {
	/** What the figure shows: the answer, the way to it, or the drawing of the architecture. */
	readonly view: (typeof VIEWS)[number];
	/** Where on the way, for the view `pipeline`. */
	readonly stop: Stop;
	/** The block of the stop `blocks`, counted from 0; the last by default. It may be larger than this model has. */
	readonly block: number;
	/** Whose architecture is drawn, for the view `transformer`: the one of 2017 that translates, or this model's. */
	readonly design: Design;
	/** What the model says of the photo upside down, once it was asked; for the view `prediction`. */
	readonly turned: ModelAnswer | null;
}

/** A stop on the way from photo to class, with the tensor that stands there. */
export interface StopInfo {
	readonly id: Stop;
	readonly label: string;
	readonly spec: TapSpec;
	/** The tensor's shape without the batch axis, e.g. `3 × 224 × 224`. */
	readonly shape: string;
}

/** The tap that stands for each stop. A model without a head ends with its last tokens. */
function tapAt(stop: Stop, config: ViTConfig, block: number): string {
	const names: Record<Stop, string> = {
		photo: 'pixel_values',
		patches: 'patches',
		tokens: 'embeddings',
		blocks: `blocks.${clampIndex(block, config.depth)}.out`,
		class: lastTap(config)
	};
	return names[stop];
}

/** As the rail above the lesson names them; without a head nothing is predicted. */
const LABELS: Record<Stop, string> = {
	photo: 'Photo',
	patches: 'Patches',
	tokens: 'Embeddings',
	blocks: 'Blocks',
	class: 'Prediction'
};

/** All stops, in the order in which the model passes them. */
export function stopsOf(config: ViTConfig, block: number): StopInfo[] {
	const specs = new Map(tapSpecs(config).map((spec) => [spec.name, spec]));
	return STOPS.flatMap((id) => {
		const spec = specs.get(tapAt(id, config, block));
		return spec
			? [
					{
						id,
						label: id === 'class' && config.scores === 'vector' ? 'Last tokens' : LABELS[id],
						spec,
						shape: spec.shape.slice(1).join(' × ')
					}
				]
			: [];
	});
}

/** The taps that every small picture of the pipeline is drawn from, and those of the stop that is shown large. */
function taps(config: ViTConfig, { view, stop, block }: State): string[] {
	if (view !== 'pipeline') return [];
	const weights = `blocks.${clampIndex(block, config.depth)}.attn.pattern`;
	return ['embeddings', weights, ...(stop === 'class' ? [pictureVectorTap(config)] : [])];
}

/** The photo once more, turned by half a circle: exactly the same pixels. */
async function answerUpsideDown(run: ModelRun): Promise<Verdict> {
	const { top, vector } = await lookAtPixels(run, upsideDown(run.seen), []);
	const turned = { top, vector };
	return { ...verdictUpsideDown(run, turned, run.model.config), shows: { turned } };
}

export const figure: Figure<State> = {
	name: 'pipeline',
	title: 'From the photo to the prediction',
	parse(attributes) {
		const reader = new AttributeReader(attributes);
		const state: State = {
			view: reader.oneOf('view', VIEWS, 'prediction'),
			stop: reader.oneOf('stop', STOPS, 'photo'),
			block: reader.index('block', Number.MAX_SAFE_INTEGER),
			design: reader.oneOf('design', DESIGNS, 'vit'),
			turned: null
		};
		reader.end();
		return state;
	},
	// What a model saw and what it says are the same of any.
	needs: ({ view }) => (view === 'prediction' ? [] : PLAIN),
	taps,
	here: (config, { view, stop, block }) => {
		if (view !== 'pipeline') return null;
		// Of a block, the map is drawn large.
		const name =
			stop === 'blocks' ? `blocks.${clampIndex(block, config.depth)}.attn.pattern` : tapAt(stop, config, block);
		return specOf(name, config);
	},
	reveals: {
		'upside-down': { taps: () => [], answer: answerUpsideDown }
	}
};
