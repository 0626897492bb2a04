import { EinopsError, type Request, type Span } from './error';
import { axesOf, type Axis, type Group, type Pattern } from './parse';
import { write } from './check';

/** An elementary axis before its length is known. */
export interface Named {
	readonly label: string;
	/** The length that the pattern or the sizes say, if they do. */
	readonly given: number | null;
	readonly spans: readonly Span[];
}

/** A pattern without ellipses: the elementary axes, and the groups of both sides by their places among these. */
export interface Spread {
	readonly axes: readonly Named[];
	readonly left: readonly (readonly number[])[];
	readonly right: readonly (readonly number[])[];
}

/**
 * Puts as many axes into the place of an ellipsis as the shape has beyond those named.
 * @throws EinopsError if the shape has too few axes, or too many
 */
export function spread(request: Request, pattern: Pattern): Spread {
	const dots = countDots(request, pattern);
	const axes: (Named & { spans: Span[] })[] = [];
	const places = new Map<string, number>();
	const place = (axis: Axis, label: string, shared: boolean): number => {
		const known = shared ? places.get(label) : undefined;
		if (known !== undefined) {
			axes[known]?.spans.push(axis.span);
			return known;
		}
		if (shared) places.set(label, axes.length);
		return axes.push({ label, given: givenLength(request, axis), spans: [axis.span] }) - 1;
	};
	const numbers = Array.from({ length: dots }, (_, i) => `...${i + 1}`);
	const placesOf = (axis: Axis): number[] => {
		if (axis.kind === 'one') return [];
		if (axis.kind === 'ellipsis') return numbers.map((label) => place(axis, label, true));
		return [place(axis, write(axis), axis.kind === 'name')];
	};
	/** An ellipsis outside parentheses becomes several groups; any other group stays one. */
	const grouped = ({ axes: members, parenthesised }: Group): number[][] => {
		const all = members.flatMap(placesOf);
		return !parenthesised && members[0]?.kind === 'ellipsis' ? all.map((i) => [i]) : [all];
	};
	const left = pattern.left.groups.flatMap(grouped);
	return { left, right: pattern.right.groups.flatMap(grouped), axes };
}

/** How many axes the left side's ellipsis stands for. */
function countDots(request: Request, { left }: Pattern): number {
	const has = request.shape.length;
	const ellipsis = axesOf(left).some((axis) => axis.kind === 'ellipsis');
	const named = left.groups.length - (ellipsis ? 1 : 0);
	if (ellipsis ? has >= named : has === named) return has - named;
	const wanted = `${ellipsis ? 'at least ' : ''}${named} ${named === 1 ? 'axis' : 'axes'}`;
	const advice =
		has > named ? "name the others too, or let '...' stand for them" : 'take some away, or compose them in parentheses';
	const sentence = `The left side names ${wanted}, but the input has ${has}: ${advice}.`;
	throw new EinopsError(sentence, request, trimmed(request.pattern, left.span));
}

/** A span without the spaces around it; as it is when there is nothing else in it. */
function trimmed(text: string, { start, end }: Span): Span {
	const part = text.slice(start, end);
	if (part.trim() === '') return { start, end };
	return { start: start + part.length - part.trimStart().length, end: start + part.trimEnd().length };
}

function givenLength({ sizes }: Request, axis: Axis): number | null {
	if (axis.kind === 'number') return axis.length;
	return axis.kind === 'name' && Object.hasOwn(sizes, axis.name) ? (sizes[axis.name] ?? null) : null;
}

/**
 * The length of every elementary axis, from the sizes, the numbers in the pattern and the shape: in each axis of the
 * input at most one may be left to be inferred.
 * @throws EinopsError
 */
export function resolveLengths(request: Request, left: Spread['left'], axes: readonly Named[]): number[] {
	const lengths = axes.map((axis) => axis.given);
	for (const [place, group] of left.entries()) {
		const known = group.reduce((size, i) => size * (axes[i]?.given ?? 1), 1);
		const unknown = group.filter((i) => axes[i]?.given === null);
		const members = group.flatMap((i) => axes[i] ?? []);
		const inferred = inferLength(request, { place, length: request.shape[place] ?? 0, known, members });
		if (unknown[0] !== undefined) lengths[unknown[0]] = inferred;
	}
	return lengths.map((length) => length ?? 0);
}

interface InputAxis {
	readonly place: number;
	readonly length: number;
	/** The product of the members' given lengths. */
	readonly known: number;
	readonly members: readonly Named[];
}

/** The length that is left for the one member without one. */
function inferLength(request: Request, axis: InputAxis): number {
	const { length, known, members } = axis;
	const unknown = members.filter(({ given }) => given === null);
	const span = spanOf(request.pattern, members);
	const fail = (sentence: string): never => {
		throw new EinopsError(sentence, request, span);
	};
	if (unknown.length > 1) {
		const names = unknown.map(({ label }) => label).join(' and ');
		fail(
			`The lengths of ${names} cannot both be inferred from one axis of length ${length}: give the size of ${but(unknown)}.`
		);
	}
	if (unknown.length === 0 && length !== known) fail(mismatch(axis));
	if (unknown.length === 1 && known === 0)
		fail(`A size of 0 leaves the length of ${unknown[0]?.label} open: give a size of 1 or more.`);
	if (unknown.length === 1 && length % known !== 0) fail(undivided(axis));
	return length / known;
}

const but = (unknown: readonly Named[]) => (unknown.length === 2 ? `one of them` : `all but one of them`);

function mismatch({ place, length, known, members }: InputAxis): string {
	const where = `Axis ${place + 1} of the input has length ${length}`;
	const [only] = members;
	if (!only) return `${where}, but a 1 or () on the left stands for a length of 1: put a name there.`;
	const product = members.map(({ given }) => given).join(' × ');
	const labels = members.map(({ label }) => label).join(' × ');
	const equation = labels === product ? product : `${labels} = ${product}`;
	if (members.length > 1)
		return `${where}, but ${equation} = ${known}: change one of them, or leave a size out to be inferred.`;
	if (labels === product) return `${where}, but the pattern says ${known}: write ${length}, or a name.`;
	return `${where}, but ${equation}: make the size ${length}, or leave it out to be inferred.`;
}

function undivided({ place, length, known, members }: InputAxis): string {
	const given = members.filter((member) => member.given !== null).map(({ label }) => label);
	const parts = `${given.join(' × ')}${given.join() === String(known) ? '' : ` = ${known}`}`;
	const divisors = nearDivisors(length, known);
	return `Axis ${place + 1} of the input has length ${length}, which ${parts} does not divide: choose a size that does, such as ${divisors}.`;
}

/** The divisors of a length on both sides of a number that is none. */
function nearDivisors(length: number, near: number): string {
	let below = Math.min(near, length);
	while (length % below !== 0) below--;
	let above = near;
	while (above < length && length % above !== 0) above++;
	return above > below && above <= length ? `${below} or ${above}` : String(below);
}

/** From the first to the last of some axes, on the left side. */
function spanOf(text: string, axes: readonly Named[]): Span | null {
	const spans = axes.flatMap(({ spans: [first] }) => first ?? []);
	const start = Math.min(...spans.map((span) => span.start));
	const end = Math.max(...spans.map((span) => span.end));
	return spans.length > 0 ? trimmed(text, { start, end }) : null;
}
