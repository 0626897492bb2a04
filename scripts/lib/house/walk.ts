/** One step of a walk: a file calls, or draws with, what another one has. Paths are from `src/lib`. */
export interface Hop {
	readonly from: string;
	readonly to: string;
	/** By which word, in the code of `from`; where `how` is `state`, in that of `to`. */
	readonly by: string;
	/**
	 * `call`, the usual: `from` imports `to`. `worker`: `from` starts `to` as a worker, and they talk in messages. `state`:
	 * `to` reads what `from` keeps, and is drawn again when that changes.
	 */
	readonly how?: 'worker' | 'state';
	/** The file that hands the one to the other, where they do not import each other. */
	readonly via?: string;
	/** Called on the way, but what travels does not come out of it: it checks, measures or says something. */
	readonly beside?: true;
}

/** The way of a thing through the code, hop by hop. A hop starts where an earlier one has led. */
export interface Walk {
	readonly title: string;
	readonly start: string;
	readonly end: string;
	readonly hops: readonly Hop[];
}

/** What is known of the files, by their paths from `src/lib`. */
export interface Ground {
	/** Whether the first imports the second, for its types alone or to run. */
	imports(from: string, to: string): boolean;
	/** Whether it does so to run. */
	runs(from: string, to: string): boolean;
	startsWorker(from: string, to: string): boolean;
	/** Whether a word stands in the code of a file, outside of comments and imports. */
	says(file: string, word: string): boolean;
}

/** How long a walk is, in files. */
export interface WalkLength {
	/** Files through which what travels goes, the first and the last included. */
	readonly through: number;
	/** Those that do the arithmetic on the way: `engine/ops`. */
	readonly ops: number;
	/** Those called on the way beside them. */
	readonly beside: number;
}

export function lengthOf({ start, hops }: Walk): WalkLength {
	const through = new Set([start, ...hops.filter((hop) => !hop.beside).map(({ to }) => to)]);
	const beside = new Set(hops.map(({ to }) => to).filter((file) => !through.has(file)));
	const ops = [...through].filter((file) => file.startsWith('engine/ops/')).length;
	return { through: through.size - ops, ops, beside: beside.size };
}

/** What of a walk the code does not bear out, a sentence each; none where every hop is really made. */
export function faultsOf(walk: Walk, ground: Ground): string[] {
	const reached = new Set([walk.start]);
	const faults = walk.hops.flatMap((hop) => {
		const broken = reached.has(hop.from) ? faultOf(hop, ground) : 'no hop before leads there';
		reached.add(hop.to);
		return broken === null ? [] : [`${hop.from} -> ${hop.to}: ${broken}.`];
	});
	return reached.has(walk.end) ? faults : [...faults, `The walk never comes to ${walk.end}.`];
}

function faultOf({ from, to, by, how, via }: Hop, ground: Ground): string | null {
	const speaker = how === 'state' ? to : from;
	if (!ground.says(speaker, by)) return `${speaker} does not say '${by}'`;
	if (via !== undefined) return handedOver(from, to, via, ground) ? null : `${via} does not hand it over`;
	if (how === 'worker') return ground.startsWorker(from, to) ? null : 'it is not started as a worker there';
	const [caller, called] = how === 'state' ? [to, from] : [from, to];
	return ground.runs(caller, called) ? null : `${caller} does not import ${called}`;
}

/** Whether a file hands one to the other: it knows both, or knows the one that says in its types what it is given. */
function handedOver(from: string, to: string, via: string, { imports, runs }: Ground): boolean {
	const knows = (file: string) => imports(via, file) || imports(file, via);
	const toRun = [from, to].some((file) => runs(via, file) || runs(file, via));
	return toRun && knows(from) && (knows(to) || imports(from, to));
}
