import { checkSides, type Operation } from './check';
import { EinopsError, type Request, type Span } from './error';
import { resolveLengths, spread, type Named } from './lengths';
import { parse, type Pattern } from './parse';

/** An axis that is not composed of others. */
interface Elementary {
	/** As written; an ellipsis stands for axes `...1`, `...2` and so on, which no name can be. */
	readonly label: string;
	readonly length: number;
	/** Elements of the input from one place along the axis to the next; 0 along an axis that only repeats. */
	readonly stride: number;
	/** `kept` stands on both sides; `reduced` only on the left; `repeated` only on the right. */
	readonly role: 'kept' | 'reduced' | 'repeated';
	/** Where it stands in the pattern, left before right. */
	readonly spans: readonly Span[];
}

/** What a pattern does to a tensor of a known shape. Axes are meant by their place in `axes`. */
export interface Plan {
	readonly operation: Operation;
	readonly pattern: Pattern;
	/** Those of the input in its order, then the repeated ones in the order of the right side. */
	readonly axes: readonly Elementary[];
	/** For each axis of the input, and of the output, the elementary axes that it is made of, slowest first. */
	readonly inGroups: readonly (readonly number[])[];
	readonly outGroups: readonly (readonly number[])[];
	readonly inShape: readonly number[];
	readonly outShape: readonly number[];
}

/** The most elements that an output may have: 1 GiB of float32. */
const MOST_ELEMENTS = 2 ** 28;

/**
 * Fits a pattern to a shape: resolves every length, and says where each axis goes.
 * @throws EinopsError
 */
export function plan(operation: Operation, request: Request): Plan {
	checkShape(request);
	const pattern = parse(request);
	checkSides(request, pattern, operation);
	const { left: inGroups, right: outGroups, axes: named } = spread(request, pattern);
	const lengths = resolveLengths(request, inGroups, named);
	const axes = settle(named, lengths, { inputs: inGroups.flat(), outputs: outGroups.flat() });
	const outShape = outGroups.map((group) => group.reduce((size, i) => size * (lengths[i] ?? 0), 1));
	checkElements(request, outShape);
	return { operation, pattern, axes, inGroups, outGroups, inShape: request.shape, outShape };
}

/** What each axis is, once its length is known. @param places those on the left, which are the first, and on the right */
function settle(
	named: readonly Named[],
	lengths: readonly number[],
	places: { inputs: readonly number[]; outputs: readonly number[] }
): Elementary[] {
	const strides = stridesOf(places.inputs.map((i) => lengths[i] ?? 0));
	const outputs = new Set(places.outputs);
	return named.map(({ label, spans }, i) => {
		const stride = strides[i];
		const role = stride === undefined ? 'repeated' : outputs.has(i) ? 'kept' : 'reduced';
		return { label, spans, role, length: lengths[i] ?? 0, stride: stride ?? 0 };
	});
}

/** Elements from one place along each axis to the next, row-major. */
export function stridesOf(shape: readonly number[]): number[] {
	const strides: number[] = [];
	let size = 1;
	for (const length of shape.toReversed()) {
		strides.unshift(size);
		size *= length;
	}
	return strides;
}

/** The output's elementary axes, slowest first. */
export const outAxes = (plan: Plan): Elementary[] => pick(plan, plan.outGroups.flat());

/** The axes that are summed up, or whatever else the reduction does. */
export const reducedAxes = (plan: Plan): Elementary[] => plan.axes.filter((axis) => axis.role === 'reduced');

/** Axes by their places. */
export function pick(plan: Plan, places: readonly number[]): Elementary[] {
	return places.flatMap((i) => plan.axes[i] ?? []);
}

/**
 * Where an element of the output comes from: its index in the input, both row-major. With a reduction it is the first
 * of those that fall on it; {@link offsets} of the reduced axes lead to the others.
 */
export function sourceOf(plan: Plan): (outIndex: number) => number {
	const axes = outAxes(plan).toReversed();
	return (outIndex) => {
		let rest = outIndex;
		let source = 0;
		for (const { length, stride } of axes) {
			source += (rest % length) * stride;
			rest = Math.floor(rest / length);
		}
		return source;
	};
}

/** The offset in the input of every place along some axes, row-major; just 0 along none. */
export function offsets(axes: readonly Elementary[]): Uint32Array {
	let table = Uint32Array.of(0);
	for (const { length, stride } of axes) {
		const longer = new Uint32Array(table.length * length);
		for (let i = 0; i < table.length; i++)
			for (let j = 0; j < length; j++) longer[i * length + j] = (table[i] ?? 0) + j * stride;
		table = longer;
	}
	return table;
}

function checkShape(request: Request): void {
	const wrong = request.shape.find((length) => !Number.isSafeInteger(length) || length < 0);
	if (wrong === undefined) return;
	const sentence = `The input’s shape holds ${wrong}, which is no length: each must be a whole number that is not negative.`;
	throw new EinopsError(sentence, request);
}

function checkElements(request: Request, outShape: readonly number[]): void {
	const elements = outShape.reduce((size, length) => size * length, 1);
	if (elements <= MOST_ELEMENTS) return;
	const sentence = `The output would have ${elements.toLocaleString('en')} elements, more than fit into memory: make it smaller.`;
	throw new EinopsError(sentence, request);
}
