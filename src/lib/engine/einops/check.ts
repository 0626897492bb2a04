import { EinopsError, type Request, type Span } from './error';
import { axesOf, ONE_CHARACTER, whyNoName, type Axis, type Pattern } from './parse';

/** What a reduction may do with the elements that fall on one; `any` and `all` give 1 or 0. */
export const REDUCTIONS = ['sum', 'mean', 'max', 'min', 'prod', 'any', 'all'] as const;
export type Reduction = (typeof REDUCTIONS)[number];
/** Of a caller's own making. */
export type Reducer = (values: Float32Array) => number;
export type Operation = 'rearrange' | 'repeat' | 'reduce';

/**
 * Checks the two sides of a pattern against each other: rearrange keeps every axis, reduce may drop some, repeat may
 * add some whose length is known.
 * @throws EinopsError
 */
export function checkSides(request: Request, pattern: Pattern, operation: Operation): void {
	checkSizes(request);
	checkEllipses(request, pattern, operation);
	const left = axesOf(pattern.left);
	const right = axesOf(pattern.right);
	const lost = left.find((axis) => !has(right, axis));
	const added = right.find((axis) => !has(left, axis));
	if (added?.kind === 'name' && added.name === ONE_CHARACTER)
		throw new EinopsError(whyOneCharacter(left.some(isEllipsis)), request, added.span);
	const number = [...left, ...right].find((axis) => axis.kind === 'number');
	if (operation === 'rearrange' && number) throw new EinopsError(noNumbers(number), request, number.span);
	if (operation === 'rearrange' && lost?.kind === 'name' && added?.kind === 'name')
		throw new EinopsError(whyRenamed(lost.name, added.name), request, added.span);
	if (operation !== 'reduce' && lost) throw new EinopsError(whyLost(lost, operation), request, lost.span);
	if (operation !== 'repeat' && added) throw new EinopsError(whyAdded(added, operation), request, added.span);
	const unsized = right.find(
		(axis) => axis.kind === 'name' && !has(left, axis) && !Object.hasOwn(request.sizes, axis.name)
	);
	if (unsized) throw new EinopsError(whyUnsized(write(unsized)), request, unsized.span);
	checkUsed(request, [...left, ...right]);
}

/** Whether the same axis stands in a list. Axes of length 1 hold nothing and always do; a number is only itself. */
function has(axes: readonly Axis[], axis: Axis): boolean {
	if (axis.kind === 'one') return true;
	if (axis.kind === 'number') return false;
	return axes.some((other) =>
		axis.kind === 'name' ? other.kind === 'name' && other.name === axis.name : other.kind === 'ellipsis'
	);
}

/** An axis as it is written. */
export function write(axis: Axis): string {
	if (axis.kind === 'name') return axis.name;
	if (axis.kind === 'number') return String(axis.length);
	return axis.kind === 'one' ? '1' : '...';
}

function checkSizes(request: Request): void {
	for (const [name, length] of Object.entries(request.sizes)) {
		const problem = whyNoName(name);
		if (problem !== null) throw new EinopsError(problem, request);
		if (Number.isSafeInteger(length) && length >= 0) continue;
		const sentence = `The size ${name} = ${length} is no length: give a whole number that is not negative.`;
		throw new EinopsError(sentence, request, spanOf(request, name));
	}
}

function checkUsed(request: Request, axes: readonly Axis[]): void {
	for (const [name, length] of Object.entries(request.sizes)) {
		if (axes.some((axis) => axis.kind === 'name' && axis.name === name)) continue;
		const sentence = `A size is given for ${name} (${length}), but no axis of the pattern has that name: remove the size or use the name.`;
		throw new EinopsError(sentence, request);
	}
}

function checkEllipses(request: Request, { left, right }: Pattern, operation: Operation): void {
	const inside = left.groups.find((group) => group.parenthesised && group.axes.some(isEllipsis));
	const span = inside?.axes.find(isEllipsis)?.span;
	if (span) {
		const sentence =
			'An ellipsis on the left cannot stand in parentheses: one axis cannot be split into an unknown number of them.';
		throw new EinopsError(sentence, request, span);
	}
	const added = axesOf(right).find(isEllipsis);
	if (added && !axesOf(left).some(isEllipsis)) {
		const sentence = `The ellipsis on the right stands for nothing: put '...' on the left of this ${operation} too, or remove it here.`;
		throw new EinopsError(sentence, request, added.span);
	}
}

const isEllipsis = (axis: Axis) => axis.kind === 'ellipsis';

/** Where a name first stands in the pattern, for an error about its size. */
function spanOf({ pattern }: Request, name: string): Span | null {
	for (const { 0: word, index } of pattern.matchAll(/[\p{L}\p{N}_]+/gu))
		if (word === name) return { start: index, end: index + word.length };
	return null;
}

function noNumbers(axis: Axis): string {
	return `Rearrange takes no number but 1 as an axis, for nothing says where the ${write(axis)} would go: name the axis instead.`;
}

function whyLost(axis: Axis, operation: Operation): string {
	const instead = axis.kind === 'number' ? 'name it and put it' : 'put it';
	return `${name(axis)} stands only on the left: ${instead} on the right too${operation === 'rearrange' ? ', or use reduce, which drops axes' : ''}.`;
}

function whyAdded(axis: Axis, operation: Operation): string {
	return `${name(axis)} stands only on the right: take it away, or ${operation === 'rearrange' ? 'use repeat, which adds axes' : 'put it on the left'}.`;
}

const whyRenamed = (lost: string, added: string) =>
	`Axis ${lost} stands only on the left and ${added} only on the right: write the same name on both sides.`;

function name(axis: Axis): string {
	if (axis.kind === 'ellipsis') return 'The ellipsis';
	return axis.kind === 'number' ? `The axis of length ${write(axis)}` : `Axis ${write(axis)}`;
}

const whyOneCharacter = (isDotted: boolean) =>
	isDotted
		? "The one character '…' is a single axis, and not the three dots on the left: write '...' here too."
		: "The one character '…' is a single axis that stands only on the right: put it on the left too, or take it away.";

const whyUnsized = (name: string) =>
	`Axis ${name} is new on the right, so its length must be given: add a size for ${name}.`;
