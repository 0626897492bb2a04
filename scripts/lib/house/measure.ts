import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circles } from '../circles.ts';
import { codeOf, importGraph } from '../import-graph.ts';
import { roomOf } from '../rooms.js';
import { actionsOf, filesOfSite, isOfTests } from './code.ts';
import { mayAsk, timesAsked } from './family.ts';
import { functionLengths, linesOf, spreadOf, type Spread } from './lengths.ts';

/** What a house measures. Files that are there for the tests alone are left out, but of the circles. */
export interface Measures {
	readonly files: number;
	readonly lines: number;
	/** In lines. */
	readonly fileLength: Spread;
	/** In lines, see {@link functionLengths}. */
	readonly functionLength: Spread;
	/** Files that ask which family a model is of without a right to, with how often each does. */
	readonly asking: ReadonlyMap<string, number>;
	/** Rooms that import each other, types included. */
	readonly roomCircles: readonly (readonly string[])[];
	/** The same without the tests. */
	readonly siteRoomCircles: readonly (readonly string[])[];
	readonly fileCircles: readonly (readonly string[])[];
}

/** Measures a checkout. @param src its folder `src`, absolute */
export function measure(src: string): Measures {
	const files = filesOfSite(src);
	const lengths = files.map((file) => linesOf(readFileSync(join(src, file), 'utf8')));
	const functions = files.flatMap((file) => functionLengths(codeOf(join(src, file))));
	const asked = files.filter((file) => !mayAsk(file)).map((file) => [file, timesAsked(actionsOf(src, file))] as const);
	const graph = importGraph(src);
	const site = new Map([...graph].filter(([file]) => !isOfTests(file)));
	return {
		files: files.length,
		lines: lengths.reduce((sum, length) => sum + length, 0),
		fileLength: spreadOf(lengths),
		functionLength: spreadOf(functions),
		asking: new Map(asked.filter(([, times]) => times > 0)),
		roomCircles: circles(roomGraph(graph)),
		siteRoomCircles: circles(roomGraph(site)),
		fileCircles: circles(graph)
	};
}

/** Which room imports from which others. Files in no room are left out. */
export function roomGraph(files: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
	const rooms = new Map<string, Set<string>>();
	for (const [file, targets] of files) {
		const own = roomOf(file);
		if (own === null) continue;
		const others = rooms.get(own) ?? new Set<string>();
		rooms.set(own, others);
		for (const other of targets.map(roomOf)) if (other !== null && other !== own) others.add(other);
	}
	return new Map([...rooms].map(([room, others]) => [room, [...others]]));
}
