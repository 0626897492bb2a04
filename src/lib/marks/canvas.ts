import { scaleLinear } from 'd3';
import { colourTable, type ColourMap } from './colour';
import { borderPath, outsidePath, type PatchMask } from './mask-path';
import { paintColours, paintMap, rampFloor, type AlphaMode, type Domain } from './raster';
import type { Grid } from './tokens';

/** The colours of an exported picture: paper and ink, whatever theme the page is in. */
export const PAPER = '#fbf9f4';
export const INK = '#1f1c18';
export const INK_2 = '#5d574d';
export const QUERY = '#d9621b';

export interface Rectangle {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A heat map and how it is drawn. */
export interface MapDrawing extends Grid {
	readonly values: Float32Array;
	readonly domain: Domain;
	readonly colourMap: ColourMap;
	readonly smooth: boolean;
	readonly alpha: AlphaMode;
	/** In [0, 1]. */
	readonly opacity: number;
}

/** How a value is written, on the page as in a picture. */
export type Format = (value: number) => string;

/** An empty canvas of at least one pixel, and its context. @throws Error where the browser gives none, for lack of memory. */
export function canvasOf(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(width));
	canvas.height = Math.max(1, Math.round(height));
	const context = canvas.getContext('2d');
	if (!context) throw new Error('There is no 2-D canvas.');
	return [canvas, context];
}

export function drawMap(context: CanvasRenderingContext2D, map: MapDrawing, at: Rectangle): void {
	const { rows, columns, values, domain, colourMap, alpha, opacity } = map;
	const image = new ImageData(columns, rows);
	const region = { width: columns, x: 0, y: 0, rows, columns };
	paintMap(image.data, region, values, { domain, table: colourTable(colourMap), alpha, floor: rampFloor(opacity) });
	stretch(context, image, map, at);
}

/** Colours of their own, a patch each, and how they are drawn. */
export interface ColourDrawing extends Grid {
	/** `rows * columns` of red, green and blue in [0, 255], row-major. */
	readonly colours: Uint8ClampedArray;
	/** Patches that it leaves out are not coloured; null for all. */
	readonly mask: PatchMask | null;
	readonly smooth: boolean;
	/** In [0, 1]. */
	readonly opacity: number;
}

export function drawColours(context: CanvasRenderingContext2D, drawing: ColourDrawing, at: Rectangle): void {
	const image = new ImageData(drawing.columns, drawing.rows);
	paintColours(image.data, drawing.colours, drawing.mask);
	stretch(context, image, drawing, at);
}

/** Draws a pixel a patch, as large as the rectangle. */
function stretch(
	context: CanvasRenderingContext2D,
	image: ImageData,
	{ smooth, opacity }: Pick<MapDrawing, 'smooth' | 'opacity'>,
	at: Rectangle
): void {
	const [small, pixels] = canvasOf(image.width, image.height);
	pixels.putImageData(image, 0, 0);
	context.save();
	context.globalAlpha = opacity;
	context.imageSmoothingEnabled = smooth;
	context.drawImage(small, at.x, at.y, at.width, at.height);
	context.restore();
}

/** Darkens what a mask leaves out, takes its colour, and draws the mask's border, as `MaskMarks` does on the page. */
export function drawMask(
	context: CanvasRenderingContext2D,
	{ mask, opacity, ...grid }: Grid & { readonly mask: PatchMask; readonly opacity: number },
	at: Rectangle
): void {
	const toPixels = new DOMMatrix([at.width / grid.columns, 0, 0, at.height / grid.rows, at.x, at.y]);
	const [outside, border] = [new Path2D(), new Path2D()];
	outside.addPath(new Path2D(outsidePath(mask, grid)), toPixels);
	border.addPath(new Path2D(borderPath(mask, grid)), toPixels);
	context.save();
	context.globalAlpha = opacity;
	context.globalCompositeOperation = 'saturation';
	context.fillStyle = '#808080';
	context.fill(outside);
	context.globalCompositeOperation = 'source-over';
	context.fillStyle = '#000000a6';
	context.fill(outside);
	context.globalAlpha = 1;
	context.lineCap = 'square';
	for (const [style, width] of BORDER) {
		context.strokeStyle = style;
		context.lineWidth = width;
		context.stroke(border);
	}
	context.restore();
}

/** Dark below light, so that it is seen on any photo; a picture is about twice as large as the page's. */
const BORDER = [
	['#000a', 8],
	['#fff', 4]
] as const;

export function drawGrid(context: CanvasRenderingContext2D, { rows, columns }: Grid, at: Rectangle): void {
	context.save();
	context.strokeStyle = '#ffffff59';
	context.lineWidth = 1;
	context.beginPath();
	for (let column = 1; column < columns; column++) {
		const x = at.x + (column * at.width) / columns;
		context.moveTo(x, at.y);
		context.lineTo(x, at.y + at.height);
	}
	for (let row = 1; row < rows; row++) {
		const y = at.y + (row * at.height) / rows;
		context.moveTo(at.x, y);
		context.lineTo(at.x + at.width, y);
	}
	context.stroke();
	context.restore();
}

export function write(
	context: CanvasRenderingContext2D,
	text: string,
	x: number,
	y: number,
	{ size = 18, colour = INK, bold = false, align = 'left' as CanvasTextAlign, width = Infinity } = {}
): void {
	context.font = `${bold ? 600 : 400} ${size}px "Inter Variable", system-ui, sans-serif`;
	context.fillStyle = colour;
	context.textAlign = align;
	context.textBaseline = 'alphabetic';
	if (width === Infinity) context.fillText(text, x, y);
	else context.fillText(text, x, y, width);
}

/** A sentence as lines that are not pressed together. @param length characters that fit in one */
export function wrapped(text: string, length: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1) ?? '';
		if (line !== '' && line.length + 1 + word.length > length) lines.push(word);
		else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
	}
	return lines;
}

/** A colour bar with its ends and some round values between them. 50 pixels high. */
export function drawLegend(
	context: CanvasRenderingContext2D,
	{ domain, colourMap }: Pick<MapDrawing, 'domain' | 'colourMap'>,
	at: Pick<Rectangle, 'x' | 'y' | 'width'>,
	format: Format
): void {
	const values = Float32Array.from({ length: 256 }, (_, i) => i / 255);
	const bar: MapDrawing = {
		...{ rows: 1, columns: 256, values, domain: [0, 1], colourMap },
		...{ smooth: true, alpha: 'opaque', opacity: 1 }
	};
	drawMap(context, bar, { ...at, height: 14 });
	const scale = scaleLinear(domain, [at.x, at.x + at.width]);
	const between = scale.ticks(4).filter((tick) => Math.abs(scale(tick) - at.x - at.width / 2) < at.width * 0.36);
	for (const tick of between) write(context, format(tick), scale(tick), at.y + 36, { size: 16, align: 'center' });
	write(context, format(domain[0]), at.x, at.y + 36, { size: 16 });
	write(context, format(domain[1]), at.x + at.width, at.y + 36, { size: 16, align: 'right' });
}

export function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
	return new Promise((resolve, reject) => {
		canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))), 'image/png');
	});
}
