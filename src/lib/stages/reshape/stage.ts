import type { Reduction } from '../../engine/einops/check';
import type { Attributes, Stage } from '../../lesson/stage';
import { order } from './order';
import { COMPARED_TAPS, isReduction, OPERATIONS, presetOf, SOURCE_TAPS, type OperationName } from './presets';
import { STEP_KINDS, type StepKind } from './steps';

export interface State {
	/** The playground, or the proof that the linear and the convolution variant are one. */
	readonly view: 'playground' | 'proof';
	/** Where the pattern came from, and which tensor it works on. */
	readonly preset: string;
	readonly operation: OperationName;
	readonly reduction: Reduction;
	readonly pattern: string;
	/** Sizes as typed, by name; an empty one is left to be inferred. Others are the preset's. */
	readonly typed: Readonly<Record<string, string>>;
	readonly step: StepKind;
}

const KNOWN = ['view', 'preset', 'step'];

/** A preset as it is, at one of its steps. */
export function startOf(id: string, step: StepKind): State {
	const { operation, reduction, pattern } = presetOf(id);
	return { view: 'playground', preset: id, operation, reduction, pattern, typed: {}, step };
}

function parse(attributes: Attributes): State {
	const unknown = Object.keys(attributes).find((name) => !KNOWN.includes(name));
	if (unknown !== undefined) throw new Error(`The stage reshape has no ${unknown}: it knows ${KNOWN.join(', ')}.`);
	const { view = 'playground', preset = 'patchify', step = 'input' } = attributes;
	if (view !== 'playground' && view !== 'proof') throw new Error(`The stage reshape has no view ${view}.`);
	if (!isStep(step)) throw new Error(`The stage reshape has no step ${step}: it knows ${STEP_KINDS.join(', ')}.`);
	return { ...startOf(preset, step), view };
}

const isStep = (name: string): name is StepKind => (STEP_KINDS as readonly string[]).includes(name);
export const isOperation = (name: string): name is OperationName => (OPERATIONS as readonly string[]).includes(name);
export { isReduction };

/** What both variants of the patch embedding are computed from, and what the model itself made of it. */
export const PROOF_TAPS = ['pixel_values', 'patch_embed', 'weights.patch_embed.weight', 'weights.patch_embed.bias'];

function playgroundTaps(preset: string): string[] {
	const { source } = presetOf(preset);
	const compared = COMPARED_TAPS[source];
	return [...new Set([SOURCE_TAPS[source], ...(compared === null ? [] : [compared])])];
}

export const stage: Stage<State> = {
	name: 'reshape',
	title: 'Reshape by pattern',
	parse,
	taps: (_, { view, preset }) => (view === 'proof' ? PROOF_TAPS : playgroundTaps(preset)),
	reveals: { order }
};
