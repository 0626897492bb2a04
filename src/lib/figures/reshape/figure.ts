import type { Reduction } from '../../engine/einops/check';
import { AttributeReader } from '../kit/attributes';
import type { Attributes, Figure } from '../figure';
import { order } from './order';
import { COMPARED_TAPS, NEEDS, presetOf, PRESETS, SOURCE_TAPS, type OperationName } from './presets';
import { STEP_KINDS, type StepKind } from './steps';

const VIEWS = ['playground', 'proof'] as const;
const PRESET_IDS = PRESETS.map(({ id }) => id);

export interface State {
	/** The playground, or the proof that the linear and the convolution variant are one. */
	readonly view: (typeof VIEWS)[number];
	/** Where the pattern came from, and which tensor it works on. */
	readonly preset: string;
	readonly operation: OperationName;
	readonly reduction: Reduction;
	readonly pattern: string;
	/** Sizes as typed, by name; an empty one is left to be inferred. Others are the preset's. */
	readonly typed: Readonly<Record<string, string>>;
	readonly step: StepKind;
}

/**
 * One object for all: a step is parsed anew whenever anything changes, and sizes that are another object would make
 * another plan, with other elements than those that are on their way.
 */
const NOTHING_TYPED: State['typed'] = Object.freeze({});

/** A preset as it is, at one of its steps. */
export function startOf(id: string, step: StepKind): State {
	const { operation, reduction, pattern } = presetOf(id);
	return { view: 'playground', preset: id, operation, reduction, pattern, typed: NOTHING_TYPED, step };
}

function parse(attributes: Attributes): State {
	const read = new AttributeReader(attributes);
	const preset = read.oneOf('preset', PRESET_IDS, 'patchify');
	const state = {
		...startOf(preset, read.oneOf('step', STEP_KINDS, 'input')),
		view: read.oneOf('view', VIEWS, 'playground')
	};
	read.end();
	return state;
}

/** What both variants of the patch embedding are computed from, and what the model itself made of it. */
export const PROOF_TAPS = [
	'pixel_values',
	'patch_embed',
	'parameters.patch_embed.weight',
	'parameters.patch_embed.bias'
];

function tapsOf({ view, preset }: State): string[] {
	if (view === 'proof') return PROOF_TAPS;
	const { source } = presetOf(preset);
	const compared = COMPARED_TAPS[source];
	return [...new Set([SOURCE_TAPS[source], ...(compared === null ? [] : [compared])])];
}

export const figure: Figure<State> = {
	name: 'reshape',
	title: 'Reshape by pattern',
	parse,
	taps: (_, state) => tapsOf(state),
	needs: ({ view, preset }) => (view === 'proof' ? ['patches', 'projection'] : NEEDS[presetOf(preset).source]),
	reveals: { order }
};
