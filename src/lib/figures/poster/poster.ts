import { attentionOf } from '../../analysis/attention';
import { rowNorms } from '../../analysis/lengths';
import { givenToPatches } from '../../analysis/subject-head';
import { patchGrid } from '../../engine/config';
import type { Domain } from '../../marks/raster';
import { answerText, scoreText } from '../../marks/scores';
import { plainNumber, weightPercent } from '../../marks/numbers';
import type { Grid } from '../../marks/tokens';
import type { FigureRun, Tap } from '../figure';
import { patternsOf } from '../film/opening';
import { titleOf } from '../kit/title';
import { counted } from '../kit/words';

/** A map over the patches, and what it says. */
export interface PosterMap {
	/** One a patch, row-major. */
	readonly values: Float32Array;
	readonly domain: Domain;
	readonly title: string;
	readonly sentence: string;
}

/** Everything that stands on a poster, in words and numbers of one run. */
export interface Poster extends Pick<Grid, 'rows' | 'columns'> {
	readonly title: string;
	readonly subtitle: string;
	/** Of the photo itself, cut into patches. */
	readonly patches: { readonly title: string; readonly sentence: string };
	/** How long each patch's embedding is. */
	readonly lengths: PosterMap;
	/** One block's map, laid over the photo. */
	readonly over: PosterMap;
	/** Block by block, what CLS gives to each patch on average over heads; without CLS, what all tokens do. */
	readonly blocks: readonly Pick<PosterMap, 'values' | 'domain'>[];
	readonly blocksTitle: string;
	readonly blocksSentence: string;
	/** The answer: a label, its score in words, and how long its bar is, in [0, 1]; null where scores are no shares. */
	readonly answers: readonly { readonly label: string; readonly score: string; readonly bar: number | null }[];
	readonly answer: string;
	readonly footer: string;
}

/** How far up the block lies that is laid over the photo: heads mostly look at what a photo shows there. */
const WAY = 0.6;

const FOOTER =
	'Every map and number is of this run, computed in a browser by Patchwork. The photo never left the machine.';

/** A poster of one run. @param tap those of `posterTaps` */
export function posterOf(run: FigureRun, tap: Tap): Poster {
	const { config } = run.model;
	const { rows, columns } = patchGrid(config);
	const layers = patternsOf(config).map((name) => attentionOf(tap(name), config));
	const blocks = layers.map((layer) => mapOf(Float32Array.from(givenToPatches(layer))));
	const most = blocks.map(({ domain }) => domain[1]);
	const keenest = most.indexOf(Math.max(...most));
	return {
		...{ rows, columns },
		title: `How ${titleOf(run.model)} sees a photo`,
		subtitle: `${run.recorded ? 'Recorded run: ' : ''}${run.alt}`,
		patches: {
			title: 'Cut into patches',
			sentence: `${rows} × ${columns} squares of ${config.patchSize} × ${config.patchSize} pixels: ${counted(rows * columns, 'patch', 'patches')}.`
		},
		lengths: lengthsOf(config.dim, tap),
		over: overOf(blocks, config.cls),
		blocks,
		blocksTitle: config.cls ? 'Where CLS looks, block by block' : 'Where the tokens look, block by block',
		blocksSentence: `Mean over heads, each map up to its own largest weight, which stands below it. Block ${keenest + 1} puts most on a single patch: ${weightPercent(most[keenest] ?? 0)}.`,
		answers: run.top.map(({ label, score }) => ({
			label,
			score: scoreText(score, config.scores),
			bar: config.scores === 'number' ? null : score
		})),
		answer: answerText(run, config.scores),
		footer: FOOTER
	};
}

const mapOf = (values: Float32Array): { values: Float32Array; domain: Domain } => ({
	values,
	domain: [0, Math.max(...values)]
});

function lengthsOf(dim: number, tap: Tap): PosterMap {
	const norms = rowNorms(tap('patch_embed').data, dim);
	const [low, high] = [Math.min(...norms), Math.max(...norms)];
	return {
		values: Float32Array.from(norms),
		domain: [low, high],
		title: 'Embedded',
		sentence: `Each patch has become ${dim} numbers. Bright: long rows, up to ${plainNumber(high)}; dark: short ones, from ${plainNumber(low)}.`
	};
}

function overOf(blocks: Poster['blocks'], cls: boolean): PosterMap {
	const block = Math.max(0, Math.round(WAY * blocks.length) - 1);
	const map = blocks[block];
	if (!map) throw new RangeError('A poster needs a block.');
	const whose = cls ? 'CLS gives' : 'the tokens give';
	return {
		...map,
		title: `Looked at by block ${block + 1}`,
		sentence: `What ${whose} to each patch there, on average over heads: at most ${weightPercent(map.domain[1])}.`
	};
}

/** The poster in sentences, for those who cannot see it. */
export function posterWords({ title, subtitle, patches, lengths, over, ...rest }: Poster): string[] {
	return [`${title}: ${subtitle}.`, patches, lengths, over, rest.blocksSentence, `It says: ${rest.answer}.`].map(
		(one) => (typeof one === 'string' ? one : `${one.title}: ${one.sentence}`)
	);
}
