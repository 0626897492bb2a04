import type { ColourMap } from '../marks/colour';
import type { Domain } from '../marks/raster';
import { placeOf, type Grid } from '../marks/tokens';
import {
	canvasOf,
	drawColours,
	drawGrid,
	drawLegend,
	drawMap,
	drawMask,
	INK_2,
	PAPER,
	QUERY,
	wrapped,
	write,
	type ColourDrawing,
	type Format,
	type MapDrawing,
	type Rectangle
} from '../marks/canvas';

/** The large figure: a photo, what lies over it, and the words that say what it is. */
export interface FigurePicture extends Grid {
	readonly photo: CanvasImageSource;
	/** Null for the photo alone, and where colours or a mask are drawn. */
	readonly map: MapDrawing | null;
	/** Null where no such colours lie over the photo. */
	readonly colours: ColourDrawing | null;
	/** How far it darkens what it leaves out is its opacity; null where none is drawn. */
	readonly mask: Parameters<typeof drawMask>[1] | null;
	readonly showGrid: boolean;
	/** The query token, counted from 0 with those before the patches. */
	readonly token: number;
	readonly title: string;
	/** One line each. */
	readonly lines: readonly string[];
	readonly format: Format;
}

const SIDE = 1120;
const MARGIN = 32;
const LINE = 28;

/** The figure as a picture of 1184 pixels in width, with its legend and captions below. */
export function overlayPicture(figure: FigurePicture): HTMLCanvasElement {
	const { rows, columns, map, title } = figure;
	const scale = SIDE / Math.max(rows, columns);
	const at: Rectangle = { x: MARGIN, y: MARGIN, width: columns * scale, height: rows * scale };
	const lines = figure.lines.flatMap((line) => wrapped(line, LINE_LENGTH));
	const below = LINE * (lines.length + 1) + (map ? 64 : 0);
	const [canvas, context] = sheet(SIDE + 2 * MARGIN, at.height + below + 2 * MARGIN);
	context.drawImage(figure.photo, at.x, at.y, at.width, at.height);
	if (map) drawMap(context, map, at);
	if (figure.colours) drawColours(context, figure.colours, at);
	if (figure.mask) drawMask(context, figure.mask, at);
	if (figure.showGrid) drawGrid(context, figure, at);
	outlineQuery(context, figure, at);
	let y = at.y + at.height + LINE + 4;
	write(context, title, at.x, y, { size: 22, bold: true, width: SIDE });
	if (map) drawLegend(context, map, { x: at.x, y: y + 16, width: SIDE / 2 }, figure.format);
	y += map ? 64 : 0;
	for (const line of lines) write(context, line, at.x, (y += LINE), { colour: INK_2, width: SIDE });
	return canvas;
}

/** Characters of a caption that stand in one line without being pressed together. */
const LINE_LENGTH = 120;

/** A frame around the query's patch; around the whole photo for CLS and its like, which have no place in it. */
function outlineQuery(context: CanvasRenderingContext2D, { token, ...grid }: FigurePicture, at: Rectangle): void {
	const place = placeOf(token, grid);
	const [width, height] = place ? [at.width / grid.columns, at.height / grid.rows] : [at.width, at.height];
	context.lineWidth = 4;
	context.strokeStyle = QUERY;
	context.strokeRect(at.x + (place?.column ?? 0) * width, at.y + (place?.row ?? 0) * height, width, height);
}

/** All blocks and heads, a row a block. */
export interface GridPicture extends Grid {
	readonly maps: readonly (readonly { readonly values: Float32Array; readonly domain: Domain }[])[];
	/** The scale of all maps; null where each has its own, which is then written under it. */
	readonly shared: Domain | null;
	readonly colourMap: ColourMap;
	readonly title: string;
	readonly lines: readonly string[];
	readonly format: Format;
}

const CELL = 140;
const LABEL = 104;
const HEAD = 40;

export function gridPicture(grid: GridPicture): HTMLCanvasElement {
	const { rows, columns, maps, shared, colourMap, lines } = grid;
	const heads = Math.max(0, ...maps.map((row) => row.length));
	const height = (CELL * rows) / columns;
	const step = height + (shared ? 8 : 30);
	const width = Math.max(LABEL + heads * (CELL + 8) + MARGIN, 860);
	const foot = LINE * (lines.length + 1) + (shared ? 64 : 0);
	const [canvas, context] = sheet(width + MARGIN, MARGIN + HEAD + maps.length * step + foot + MARGIN);
	const xOf = (head: number) => MARGIN + LABEL + head * (CELL + 8);
	for (let head = 0; head < heads; head++) {
		write(context, `Head ${head + 1}`, xOf(head) + CELL / 2, MARGIN + 24, { align: 'center' });
	}
	maps.forEach((row, block) => {
		const y = MARGIN + HEAD + block * step;
		write(context, `Block ${block + 1}`, MARGIN, y + height / 2 + 6);
		row.forEach(({ values, domain }, head) => {
			const map: MapDrawing = { rows, columns, values, domain, colourMap, smooth: false, alpha: 'opaque', opacity: 1 };
			drawMap(context, map, { x: xOf(head), y, width: CELL, height });
			if (shared) return;
			const most = `max ${grid.format(domain[1])}`;
			write(context, most, xOf(head) + CELL / 2, y + height + 18, { size: 14, align: 'center', colour: INK_2 });
		});
	});
	let y = MARGIN + HEAD + maps.length * step + LINE;
	write(context, grid.title, MARGIN, y, { size: 22, bold: true, width });
	if (shared) drawLegend(context, { domain: shared, colourMap }, { x: MARGIN, y: y + 16, width: 420 }, grid.format);
	y += shared ? 64 : 0;
	for (const line of lines) write(context, line, MARGIN, (y += LINE), { colour: INK_2, width });
	return canvas;
}

function sheet(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
	const [canvas, context] = canvasOf(width, height);
	context.fillStyle = PAPER;
	context.fillRect(0, 0, canvas.width, canvas.height);
	return [canvas, context];
}
