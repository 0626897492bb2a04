import type { LaunchesOfSides } from '../../tests/bench/launches.ts';
import type { RunLaunches } from '../../tests/bench/launches/main.ts';

/** Programs of one run: all of them, and those of each part of the network, summed over its blocks. */
export interface CountedRun {
	readonly all: number;
	readonly parts: Readonly<Record<string, number>>;
}

type Kind = 'kept' | 'asked';

/** The programs that one backend launches for a run, for the JSON. */
export interface CountedLaunches {
	readonly backend: string;
	readonly this: Readonly<Record<Kind, CountedRun>>;
	readonly other?: Readonly<Record<Kind, CountedRun>>;
}

const TITLES: Readonly<Record<Kind, string>> = {
	kept: 'a run that keeps all taps',
	asked: 'a run that is asked for logits and patterns alone'
};

export function toLaunches(backend: string, { this: own, other }: LaunchesOfSides): CountedLaunches {
	const counted = (side: typeof own) => ({ kept: countedRun(side.kept), asked: countedRun(side.asked) });
	return { backend, this: counted(own), ...(other && { other: counted(other) }) };
}

function countedRun(launches: RunLaunches): CountedRun {
	const parts: Record<string, number> = {};
	for (const [name, count] of Object.entries(launches)) {
		const part = name.replace(/(?<=^|\.)\d+(?=\.|$)/g, '*');
		if (count > 0) parts[part] = (parts[part] ?? 0) + count;
	}
	return { all: Object.values(parts).reduce((sum, count) => sum + count, 0), parts };
}

/** A few lines for people. */
export function describeLaunches({ backend, this: own, other }: CountedLaunches): string {
	const kinds = (Object.keys(TITLES) as Kind[]).flatMap((kind) => {
		const beside = other?.[kind];
		const total = `  ${TITLES[kind]}: ${both(own[kind].all, beside?.all)}`;
		const names = new Set([own[kind], beside].flatMap((run) => Object.keys(run?.parts ?? {})));
		const parts = [...names].map(
			(name) => `    ${name}: ${both(own[kind].parts[name] ?? 0, beside && (beside.parts[name] ?? 0))}`
		);
		return [total, ...parts];
	});
	return [`${backend}, programs that the GPU is given`, ...kinds].join('\n');
}

const both = (own: number, other: number | undefined) => (other === undefined ? `${own}` : `${own} (other: ${other})`);
