import { join, relative } from 'node:path';
import { codeOf, fileOf, importGraph } from '../import-graph.ts';
import { actionsOf, valueImports, workersOf } from './code.ts';
import type { Ground } from './walk.ts';

/** The files of a checkout as they are. @param src its folder `src`, absolute */
export function groundOf(src: string): Ground {
	const lib = join(src, 'lib');
	const all = importGraph(src);
	const targets = (from: string, specifiers: readonly string[]) => {
		const files = specifiers.map((specifier) => fileOf(specifier, join(lib, from), src));
		return new Set(files.flatMap((file) => (file === null ? [] : [relative(lib, file)])));
	};
	const code = (file: string) => codeOf(join(lib, file));
	return {
		imports: (from, to) => all.get(`lib/${from}`)?.includes(`lib/${to}`) ?? false,
		runs: (from, to) => targets(from, valueImports(code(from))).has(to),
		startsWorker: (from, to) => targets(from, workersOf(code(from))).has(to),
		says: (file, word) => new RegExp(`(?<![\\w$])${word}(?![\\w$])`).test(actionsOf(src, join('lib', file)))
	};
}
