/** The rooms of `src/lib`, and the pages, in their one order: a file may import from rooms before its own, never after. */
export const ROOMS = [
	'base',
	'engine',
	'analysis',
	'marks',
	'photo',
	'models',
	'worker',
	'run',
	'ui',
	'views',
	'app',
	'compare',
	'embeddings',
	'tools',
	'figures',
	'content',
	'export',
	'embed',
	'inspect',
	'experiment',
	'train',
	'lesson',
	'library',
	'params',
	'routes'
];

/**
 * The room of a file.
 * @param {string} path from `src`, with slashes
 * @returns {string | null} null for one in no room: the service worker, or what lies outside of `src`
 */
export function roomOf(path) {
	const [first, second, file] = path.split('/');
	if (first === '..') return null;
	if (first !== 'lib') return second === undefined ? null : (first ?? null);
	return file === undefined ? null : (second ?? null);
}

/**
 * What is wrong with an import, as a sentence.
 * @param {string} from the file that imports, from `src`
 * @param {string} to the file, or module, that is imported, from `src`
 * @returns {string | null} null where nothing is
 */
export function faultOf(from, to) {
	const [own, other] = [roomOf(from), roomOf(to)];
	if (own === null || other === null) return null;
	const [at, wanted] = [ROOMS.indexOf(own), ROOMS.indexOf(other)];
	if (at < 0 || wanted < 0) return `'${at < 0 ? own : other}' is no room of src/lib: see docs/architecture.md.`;
	return wanted > at ? `'${own}' comes before '${other}' in the order of rooms, and may not import from it.` : null;
}
