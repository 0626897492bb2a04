import { fixed } from '../../base/numbers';
import { canvasOf, drawGrid, drawMap, INK_2, PAPER, QUERY, wrapped, write, type Rectangle } from '../../marks/canvas';
import type { Domain } from '../../marks/raster';
import type { Poster, PosterMap } from './poster';

/** Pixels of a sheet of A4 on its side, at 150 to the inch. */
export const SHEET = { width: 1754, height: 1240 } as const;
const MARGIN = 60;
const INNER = SHEET.width - 2 * MARGIN;
/** Side of the three large pictures, and where they begin. */
const LARGE = 500;
const LARGE_AT = 215;
/** Where the blocks' maps begin, how wide all of them are together, and how high. */
const BLOCKS = { y: 840, width: 930, height: 340 } as const;
const GAP = 12;
const NOTE = 24;
/** Characters of a line below a large picture. */
const LINE_LENGTH = 58;
const COLOURS = 'magma';

/** The poster as a picture. @param photo what the model saw, which stays the caller's @throws Error without a canvas */
export function drawPoster(poster: Poster, photo: CanvasImageSource): HTMLCanvasElement {
	const [canvas, context] = canvasOf(SHEET.width, SHEET.height);
	context.fillStyle = PAPER;
	context.fillRect(0, 0, SHEET.width, SHEET.height);
	write(context, poster.title, MARGIN, 100, { size: 46, bold: true, width: INNER });
	write(context, poster.subtitle, MARGIN, 145, { size: 26, colour: INK_2, width: INNER });
	drawLarge(context, poster, photo);
	drawBlocks(context, poster);
	drawAnswers(context, poster);
	write(context, poster.footer, MARGIN, SHEET.height - 24, { size: 18, colour: INK_2, width: INNER });
	return canvas;
}

type Context = CanvasRenderingContext2D;

/** The largest rectangle of the grid's shape within a square, at its top left. */
function fit({ rows, columns }: Poster, x: number, y: number, side: number): Rectangle {
	const scale = side / Math.max(rows, columns);
	return { x, y, width: columns * scale, height: rows * scale };
}

function drawLarge(context: Context, poster: Poster, photo: CanvasImageSource): void {
	const panels = [poster.patches, poster.lengths, poster.over];
	const step = (INNER - LARGE) / (panels.length - 1);
	for (const [i, { title, sentence }] of panels.entries()) {
		const at = fit(poster, MARGIN + i * step, LARGE_AT, LARGE);
		write(context, title, at.x, LARGE_AT - 16, { size: 24, bold: true });
		if (i !== 1) context.drawImage(photo, at.x, at.y, at.width, at.height);
		if (i === 0) drawGrid(context, poster, at);
		if (i === 1) drawOver(context, poster, poster.lengths, at, 1);
		if (i === 2) drawOver(context, poster, poster.over, at, 0.75);
		for (const [line, text] of wrapped(sentence, LINE_LENGTH).entries())
			write(context, text, at.x, LARGE_AT + LARGE + 30 + 26 * line, { size: 19, colour: INK_2, width: LARGE });
	}
}

function drawOver(
	context: Context,
	{ rows, columns }: Poster,
	{ values, domain }: { readonly values: Float32Array; readonly domain: Domain },
	at: Rectangle,
	opacity: number
): void {
	drawMap(context, { rows, columns, values, domain, colourMap: COLOURS, smooth: false, alpha: 'opaque', opacity }, at);
}

function drawBlocks(context: Context, poster: Poster): void {
	const { blocks } = poster;
	write(context, poster.blocksTitle, MARGIN, BLOCKS.y - 16, { size: 24, bold: true });
	const { columns, side } = cellsFor(blocks.length);
	for (const [i, map] of blocks.entries()) {
		const x = MARGIN + (i % columns) * (side + GAP);
		const y = BLOCKS.y + Math.floor(i / columns) * (side + NOTE + GAP);
		drawOver(context, poster, map, fit(poster, x, y, side), 1);
		write(context, note(i, map), x, y + side + 18, { size: 15, colour: INK_2, width: side });
	}
}

const note = (block: number, { domain }: Pick<PosterMap, 'domain'>) =>
	`${block + 1}: up to ${fixed(100 * domain[1], 1)} %`;

/** In how many columns so many maps are largest in their part of the sheet, and how large they are then. */
export function cellsFor(maps: number): { columns: number; side: number } {
	let best = { columns: 1, side: 0 };
	for (let columns = 1; columns <= Math.max(1, maps); columns++) {
		const rows = Math.ceil(maps / columns);
		const wide = (BLOCKS.width - (columns - 1) * GAP) / columns;
		const high = (BLOCKS.height - (rows - 1) * GAP) / rows - NOTE;
		const side = Math.floor(Math.min(wide, high));
		if (side > best.side) best = { columns, side };
	}
	return best;
}

function drawAnswers(context: Context, { answers, answer }: Poster): void {
	const x = MARGIN + BLOCKS.width + 60;
	const width = SHEET.width - MARGIN - x;
	write(context, 'What it says', x, BLOCKS.y - 16, { size: 24, bold: true });
	if (answers.length === 0) write(context, answer, x, BLOCKS.y + 30, { width });
	for (const [i, { label, score, bar }] of answers.entries()) {
		const y = BLOCKS.y + 24 + i * 66;
		write(context, label, x, y, { size: 22, width: width - 130 });
		write(context, score, x + width, y, { size: 22, align: 'right' });
		context.fillStyle = '#e6e0d4';
		context.fillRect(x, y + 12, width, 12);
		context.fillStyle = QUERY;
		if (bar !== null) context.fillRect(x, y + 12, width * bar, 12);
	}
}
