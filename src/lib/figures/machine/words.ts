import { medianOf, rowNorms } from '../../analysis/lengths';
import { norm } from '../../analysis/linear';
import { ranked } from '../../analysis/vectors';
import { patchGrid } from '../../engine/config';
import { prefixTokens, tokenCount, tokenGrid, type ViTConfig } from '../../engine/vit/config';
import { gridSize } from '../../marks/tokens';
import { weightPercent } from '../../marks/numbers';
import { scoreText } from '../../marks/scores';
import type { FigureRun, Tap } from '../figure';
import { inputOf } from '../kit/blocks';
import { readByHeads } from '../kit/head-input';
import { num, tokenWords } from '../kit/words';
import { answerKind, inBlock, rowIn, type Cell } from './cells';
import { streamTaps, type Place } from './figure';
import { cellName, type Naming } from './names';
import { explain } from './explain';
import { namingOf, type Scene } from './scene';
import type { Explained } from './sums';

/** The lengths of the patches' tokens at one place of the stream, and the middle one of them. */
interface Lengths {
	readonly lengths: readonly number[];
	readonly median: number;
}

/** By the values that they are of: a large model's are not measured anew with every block that is chosen. */
const measured = new WeakMap<Float32Array, Lengths>();

/** The lengths at each place of the stream, from the embeddings to what the last block leaves. */
export function streamLengths(config: ViTConfig, tap: Tap): Lengths[] {
	return streamTaps(config).map((name) => {
		const { data } = tap(name);
		const known = measured.get(data);
		if (known) return known;
		const lengths = rowNorms(data, config.dim, prefixTokens(config));
		const made = { lengths, median: medianOf(lengths) };
		measured.set(data, made);
		return made;
	});
}

/** What is seen of all of the model, with this run's numbers. */
export function modelWords({ model: { config }, top }: FigureRun, tap: Tap): string {
	const lengths = streamLengths(config, tap);
	const [first] = top;
	const said = first
		? ` and out comes “${first.label}”, ${scoreText(first.score, config.scores)}`
		: ' and its last tokens are the answer';
	return (
		`${gridSize(patchGrid(config), 'patches')} become ${tokenCount(config)} tokens of ${config.dim} numbers; ` +
		`${config.depth === 1 ? 'one block reworks them' : `${config.depth} blocks rework them, one after another`},${said}. ` +
		`The band is as thick as the median patch token is long: ${num(lengths[0]?.median ?? NaN)} before the first block, ` +
		`${num(lengths.at(-1)?.median ?? NaN)} after the last.`
	);
}

/** The length of a token's row. */
const lengthAt = (tap: Tap, name: string, token: number): string =>
	num(norm(rowIn(tap(name), { head: 0, row: token })));

/** What one block does to one token. */
export function blockWords(config: ViTConfig, tap: Tap, { block, token }: Place): string {
	const length = (name: string) => lengthAt(tap, name, token);
	const who = tokenWords(token, tokenGrid(config));
	return (
		`Block ${block + 1} of ${config.depth}, for ${who}: its stream comes in ${length(inputOf(block))} long, attention adds a vector ` +
		`${length(inBlock(config, block, 'attn.out'))} long and the feed-forward part one ${length(inBlock(config, block, 'mlp.out'))} long, ` +
		`and it leaves with a length of ${length(inBlock(config, block, 'out'))}.`
	);
}

/** What one head does for one query. */
export function headWords(config: ViTConfig, tap: Tap, { block, head, token }: Place): string {
	const row = rowIn(tap(inBlock(config, block, 'attn.pattern')), { head, row: token });
	const grid = tokenGrid(config);
	const who = (of: number) => (of === token ? 'to itself' : `to ${tokenWords(of, grid)}`);
	const [first = 0, second] = ranked(row);
	const next = second === undefined ? '' : `, the next ${weightPercent(row[second] ?? 0)} ${who(second)}`;
	return (
		`Head ${head + 1} of ${config.heads} in block ${block + 1}. Asked by ${tokenWords(token, grid)}, it gives its largest share, ` +
		`${weightPercent(row[first] ?? 0)}, ${who(first)}${next}.`
	);
}

/** How a number is written at its place. */
export const valueText = ({ of }: Pick<Cell, 'of'>, value: number): string =>
	of === 'pattern' || of === 'probability' ? weightPercent(value) : num(value);

/** Why nothing after the last layer norm is taken apart, after a sentence; empty where it is. */
function endWords(config: ViTConfig): string {
	if (answerKind(config)) return '';
	const reads = readByHeads(config);
	const what =
		config.scores === 'vector'
			? `this model has no classifier, and its answer is a vector, ${reads}`
			: `this model’s answer is read from ${reads}`;
	return ` It is the last number that is taken apart here: ${what}.`;
}

/** What one number is, and where it comes from. */
export function numberWords(cell: Cell, { value, rule }: Explained, naming: Naming): string {
	const name = cellName(cell, naming);
	const end = cell.of === 'final' ? endWords(naming.config) : '';
	return `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${valueText(cell, value)}. ${rule}${end}`;
}

/** What a scene shows, in words: what is seen of it by those who cannot see it. */
export function sceneWords(scene: Scene): string {
	const { view, run, tap, place, cell } = scene;
	const { config } = run.model;
	if (cell) {
		const naming = namingOf(run);
		return numberWords(cell, explain(naming, tap, run.seen, cell), naming);
	}
	if (view === 'block') return blockWords(config, tap, place);
	return view === 'head' ? headWords(config, tap, place) : modelWords(run, tap);
}
