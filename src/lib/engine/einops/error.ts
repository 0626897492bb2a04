import { PatchworkError } from '../../base/errors';

/** A stretch of the pattern's text, in UTF-16 units: `text.slice(start, end)`. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** Lengths of axes, by name. */
export type Sizes = Readonly<Record<string, number>>;

/** What was asked for: everything that an error has to carry. */
export interface Request {
	/** `rearrange`, `repeat`, or the name of a reduction. */
	readonly op: string;
	readonly pattern: string;
	readonly shape: readonly number[];
	readonly sizes: Sizes;
}

/** Something is wrong with a pattern, or it does not fit the tensor. The message ends with what was asked for. */
export class EinopsError extends PatchworkError {
	constructor(
		/** What is wrong and what to do about it, without the pattern, the shape and the sizes. */
		readonly sentence: string,
		readonly request: Request,
		/** Where in the pattern; null where no part of it is to blame. */
		readonly span: Span | null = null
	) {
		super('request', `${sentence} [${describe(request)}]`);
	}

	/** What was asked for, as the message has it: operation, pattern, shape and sizes. */
	get asked(): string {
		return describe(this.request);
	}
}

/** A shape as Python writes it. */
export function writeShape(shape: readonly number[]): string {
	return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

function describe({ op, pattern, shape, sizes }: Request): string {
	const given = Object.entries(sizes).map(([name, length]) => `${name} = ${length}`);
	return `${op} "${pattern}"; input shape ${writeShape(shape)}; sizes: ${given.join(', ') || 'none given'}`;
}
