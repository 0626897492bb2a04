import type { ModelConfig } from '../../engine/families';
import type { Reduction } from '../../engine/einops/check';
import { EinopsError, type Request, type Sizes } from '../../engine/einops/error';
import { plan, type Plan } from '../../engine/einops/plan';
import { presetOf, sourceShape } from './presets';
import type { State } from './figure';
import { stepsOf, type Step } from './steps';

/** A pattern that works, and what it does. */
export interface Working {
	readonly request: Request;
	/** For a plan that reduces. */
	readonly reduction: Reduction;
	readonly plan: Plan;
	readonly steps: readonly Step[];
}

/** What a pattern is tried with: not the step that is shown, which changes nothing about it. */
export type Question = Pick<State, 'preset' | 'operation' | 'reduction' | 'pattern' | 'typed'>;

/** What the reader's pattern comes to. */
export type Outcome = { readonly working: Working } | { readonly error: EinopsError };

/** A field for a length: what is typed in it, and what stands in it as long as nothing is. */
export interface SizeField {
	readonly name: string;
	readonly value: string;
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;

/**
 * The axes whose lengths a reader may want to give: those of composed axes on the left, and the new ones on the right.
 * The pattern need not be right for that.
 */
export function sizeFields(state: Question, config: ModelConfig): SizeField[] {
	const [left = '', right = ''] = state.pattern.split('->');
	const composed = [...left.matchAll(/\(([^()]*)\)?/g)].flatMap((match) => match[1]?.match(WORD) ?? []);
	const leftNames: readonly string[] = left.match(WORD) ?? [];
	const added =
		state.operation === 'repeat' ? (right.match(WORD) ?? []).filter((name) => !leftNames.includes(name)) : [];
	const given = presetOf(state.preset).sizes(config);
	return [...new Set([...composed, ...added])].map((name) => ({ name, value: typedOr(state, name, given) }));
}

function typedOr({ typed }: Question, name: string, given: Sizes): string {
	if (Object.hasOwn(typed, name)) return typed[name] ?? '';
	return Object.hasOwn(given, name) ? String(given[name]) : '';
}

/** The sizes that the fields give; an empty field gives none. */
export function sizesOf(fields: readonly SizeField[]): Sizes {
	return Object.fromEntries(fields.flatMap(({ name, value }) => (value.trim() === '' ? [] : [[name, Number(value)]])));
}

/** Tries the pattern on the shape of its source. */
export function tryPattern(state: Question, config: ModelConfig): Outcome {
	const op = state.operation === 'reduce' ? state.reduction : state.operation;
	const shape = sourceShape(presetOf(state.preset).source, config);
	const request = { op, pattern: state.pattern, shape, sizes: sizesOf(sizeFields(state, config)) };
	try {
		const made = plan(state.operation, request);
		return { working: { request, reduction: state.reduction, plan: made, steps: stepsOf(made, state.reduction) } };
	} catch (error) {
		if (error instanceof EinopsError) return { error };
		throw error;
	}
}
