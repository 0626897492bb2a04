/**
 * Tokens of the sequence, counted from 0 with those before the patches: one, several, or by what they are. A range of
 * rows and columns (both counted from 0, both ends included) is of the patches' grid. `top` stands for the `top` tokens
 * of the untouched run whose vectors are longest in the tap `of`, or, where that is a pattern, that the first token
 * attends to most (the mean of the heads, or `head`).
 */
export type Tokens = TokenChoice | readonly TokenChoice[];

export type TokenChoice =
	| number
	| 'all'
	| 'cls'
	| 'distillation'
	| 'registers'
	| 'patches'
	| { readonly rows: Range; readonly columns: Range }
	| Top;

type Range = readonly [first: number, last: number];

export interface Top {
	readonly top: number;
	readonly of: string;
	readonly head?: number;
}

/** One or several places of an axis, counted from 0. */
export type Indices = number | readonly number[];

/** The part of a tap that is meant; without any of these, all of it. */
export interface Part {
	readonly head?: Indices;
	readonly tokens?: Tokens;
	/** Rows of scores or of a pattern. */
	readonly queries?: Tokens;
	/** Columns of scores or of a pattern. */
	readonly keys?: Tokens;
	/** Of the last axis (features, hidden features, classes), or of the picture's channels. */
	readonly channels?: Indices;
}

/**
 * A change of a run, as plain data: the same in a link, on the command line, in a file and in the tests. `tap` names an
 * intermediate or a parameter (`parameters.…`) as the model's family lists them; `*` in it stands for every number. Edits of
 * one tap are carried out in the order of the list.
 */
export type Edit = { readonly tap: string } & Part &
	(
		| { readonly do: 'zero' }
		| { readonly do: 'scale'; readonly by: number }
		/** To one number, to a row of the part's last axis in each of its rows, or to one for each number of it, row-major. */
		| { readonly do: 'set'; readonly to: number | readonly number[] }
		| { readonly do: 'add'; readonly value: number | readonly number[] }
		/**
		 * The mean over the tokens or heads of `of`, by default the part itself, in each place of the part; or, over
		 * `photos`, of this run and the runs named.
		 */
		| { readonly do: 'mean'; readonly over: 'tokens' | 'heads'; readonly of?: Source }
		| { readonly do: 'mean'; readonly over: 'photos'; readonly runs: readonly RunName[] }
		/** Of a pattern: every chosen key gets the same share of each chosen query, every other key none. */
		| { readonly do: 'uniform' }
		/** The `i`th chosen token becomes the one that was the `order[i]`th. */
		| { readonly do: 'permute'; readonly order: readonly number[] }
		/** Only the chosen tokens go on, in the order in which they are named; the sequence grows shorter. */
		| { readonly do: 'keep' }
		/** A whole block is passed by: `tap` is its name, e.g. `blocks.3`. */
		| { readonly do: 'skip' }
		/** The same part of another run of the same model at the same size. */
		| { readonly do: 'replace'; readonly run: RunName }
	);

/** What a run is called: its id in an engine that remembers runs; elsewhere what whoever hands them over calls them. */
export type RunName = number | string;

/** Where a mean is taken: another tap that is computed before, or the same one. */
export interface Source extends Pick<Part, 'head' | 'tokens'> {
	readonly tap?: string;
}

export type Deed = Edit['do'];
/** The edits that one `do` names. */
export type EditTo<D extends Deed> = Extract<Edit, { do: D }>;
