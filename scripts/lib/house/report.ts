import type { Measures } from './measure.ts';
import type { WalkLength } from './walk.ts';

/** A walk as it was counted, with what the code does not bear out. */
export interface WalkReport {
	readonly title: string;
	readonly length: WalkLength;
	readonly faults: readonly string[];
}

type Line = readonly [measure: string, value: string];

/** What a house measures, as lines of a table. @param detail whether the files that ask are named */
export function houseReport(measures: Measures, walks: readonly WalkReport[], detail: boolean): string {
	const { asking, fileLength, functionLength } = measures;
	const times = [...asking.values()].reduce((sum, one) => sum + one, 0);
	const lines: Line[] = [
		...walks.map(walkLine),
		['files that ask for the family', `${asking.size}, ${times} times`],
		['circles of rooms', circlesIn(measures.roomCircles)],
		['circles of rooms, without the tests', circlesIn(measures.siteRoomCircles)],
		['circles of files', circlesIn(measures.fileCircles)],
		['lines of a file', `median ${fileLength.median}, 90th percentile ${fileLength.p90}`],
		['lines of a function', `median ${functionLength.median}, 90th percentile ${functionLength.p90}`],
		['in all', `${measures.files} files, ${measures.lines} lines, ${functionLength.count} functions`]
	];
	const width = Math.max(...lines.map(([name]) => name.length));
	const table = lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
	const files = [...asking].map(([file, often]) => `  ${String(often).padStart(2)}  ${file}`);
	const faults = walks.flatMap((walk) => walk.faults);
	return [
		...table,
		...(detail && files.length > 0 ? ['', 'Files that ask for the family, and how often:', ...files] : []),
		...(faults.length > 0 ? ['', 'Hops that are not made (mend scripts/lib/house/walks.ts):', ...faults] : [])
	].join('\n');
}

function walkLine({ title, length: { through, ops, beside }, faults }: WalkReport): Line {
	const arithmetic = ops > 0 ? `, ${ops} of arithmetic` : '';
	const doubt = faults.length > 0 ? ` (not so: ${faults.length} hops are not made)` : '';
	return [`files on the walk of ${title}`, `${through}${arithmetic}, and ${beside} beside them${doubt}`];
}

function circlesIn(found: readonly (readonly string[])[]): string {
	if (found.length === 0) return 'none';
	return `${found.length} (${found.map((one) => (one.length > 12 ? `${one.length} of them` : one.join(', '))).join('; ')})`;
}
