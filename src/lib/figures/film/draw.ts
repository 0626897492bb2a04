import type { Rectangle } from '../../marks/canvas';
import { colourTable, TABLE_SIZE } from '../../marks/colour';
import { plainNumber, weightPercent } from '../../marks/numbers';
import { firstPatch, placeOf, prefixOf, tokenName } from '../../marks/tokens';
import { num } from '../attention/words';
import type { Film, Frame } from './film';
import { boxOf, type Layout } from './layout';

/** The page's colours as they are in its theme. */
export interface Colours {
	readonly ink: string;
	readonly quiet: string;
	readonly rule: string;
	/** Of what is drawn on, and of the page beneath it. */
	readonly ground: string;
	readonly paper: string;
	readonly query: string;
	readonly key: string;
	readonly value: string;
	readonly cls: string;
}

/** What stays from frame to frame: made once for a film, a size and a theme. */
export interface Stage {
	readonly film: Film;
	readonly layout: Layout;
	readonly colours: Colours;
	/** What the model saw. */
	readonly picture: CanvasImageSource;
	readonly pictureSize: readonly [width: number, height: number];
	/** Tokens whose beams and values are drawn, the largest weight last: {@link MOST} at most. */
	readonly drawn: readonly number[];
	/** By token: the middle of its box, x and y in turn. */
	readonly middles: Float32Array;
	/** By token: the colour of its weight, on the scale of this query. */
	readonly tints: readonly string[];
	/** Of this query. */
	readonly largest: number;
}

/** More lines than this are a fog, and take long to draw. */
export const MOST = 200;

export function stageOf(given: Pick<Stage, 'film' | 'layout' | 'colours' | 'picture' | 'pictureSize'>): Stage {
	const { film, layout } = given;
	const { order, weights, tokens } = film;
	const middles = new Float32Array(2 * tokens);
	for (let token = 0; token < tokens; token++) {
		const { x, y, width, height } = boxOf(layout, token);
		middles.set([x + width / 2, y + height / 2], 2 * token);
	}
	const largest = weights[order[0] ?? 0] || 1;
	const table = colourTable('magma');
	const tints = Array.from(weights, (weight) => {
		const entry = 4 * Math.round((weight / largest) * (TABLE_SIZE - 1));
		return `rgb(${table[entry] ?? 0} ${table[entry + 1] ?? 0} ${table[entry + 2] ?? 0})`;
	});
	return { ...given, drawn: order.slice(0, MOST).reverse(), middles, tints, largest };
}

type Pen = CanvasRenderingContext2D;

/** Draws a frame, in CSS pixels: the caller has cleared the canvas and set its scale. */
export function draw(pen: Pen, stage: Stage, frame: Frame): void {
	drawPhoto(pen, stage, frame);
	drawBeams(pen, stage, frame);
	drawTiles(pen, stage, frame);
	drawQuery(pen, stage, frame);
	drawColumns(pen, stage, frame);
	drawBar(pen, stage, frame);
	drawFlight(pen, stage, frame);
	drawOut(pen, stage, frame);
}

function write(pen: Pen, { layout }: Stage, text: string, x: number, y: number, colour: string, bold = false) {
	pen.font = `${bold ? 600 : 400} ${layout.type}px "Inter Variable", system-ui, sans-serif`;
	pen.fillStyle = colour;
	pen.fillText(text, x, y);
}

/** A line above a part of the picture; it is pressed together rather than cut where it is too long. */
function title(pen: Pen, stage: Stage, { x, y, width }: Rectangle, text: string, colour: string): void {
	pen.textAlign = 'left';
	pen.textBaseline = 'alphabetic';
	pen.font = `500 ${stage.layout.type}px "Inter Variable", system-ui, sans-serif`;
	// Readable where a beam passes behind it.
	pen.strokeStyle = stage.colours.paper;
	pen.lineWidth = 4;
	pen.lineJoin = 'round';
	pen.strokeText(text, x, y - 5, width);
	// What one part sets, the next would find.
	pen.lineJoin = 'miter';
	pen.fillStyle = colour;
	pen.fillText(text, x, y - 5, width);
}

/** How much of its share a token has poured, in [0, 1]. */
const poured = ({ film }: Stage, frame: Frame, token: number): number => {
	const weight = film.weights[token] ?? 0;
	return weight > 0 ? (frame.segments[film.rank[token] ?? 0] ?? 0) / weight : 0;
};

function drawPhoto(pen: Pen, stage: Stage, frame: Frame): void {
	const { layout, film, picture, tints } = stage;
	const { photo, grid } = layout;
	pen.drawImage(picture, photo.x, photo.y, photo.width, photo.height);
	// The colours come with the shares. What gets little is darkened, as on all maps of the site.
	const first = firstPatch(grid);
	for (let token = first; token < film.tokens; token++) {
		const alpha = poured(stage, frame, token);
		if (alpha <= 0) continue;
		const { x, y, width, height } = boxOf(layout, token);
		pen.globalAlpha = 0.85 * alpha * (0.35 + 0.65 * ((film.weights[token] ?? 0) / stage.largest));
		pen.fillStyle = tints[token] ?? '#000';
		pen.fillRect(x, y, width, height);
	}
	pen.globalAlpha = 1;
}

function drawTiles(pen: Pen, stage: Stage, frame: Frame): void {
	const { layout, colours, film, tints } = stage;
	prefixOf(layout.grid).forEach((name, token) => {
		const { x, y, width, height } = boxOf(layout, token);
		pen.fillStyle = colours.ground;
		pen.fillRect(x, y, width, height);
		pen.globalAlpha = poured(stage, frame, token);
		pen.fillStyle = tints[token] ?? '#000';
		pen.fillRect(x, y, width, height);
		pen.globalAlpha = 1;
		pen.strokeStyle = colours.cls;
		pen.lineWidth = 2;
		pen.strokeRect(x + 1, y + 1, width - 2, height - 2);
		// On the dark end of the map in white, on its bright end in black.
		const tinted = poured(stage, frame, token) > 0.5;
		const bright = (film.weights[token] ?? 0) > 0.6 * stage.largest;
		pen.textAlign = 'center';
		pen.textBaseline = 'middle';
		const short = name.replace('Register ', 'R').replace('Distillation', 'Dist.');
		write(pen, stage, short, x + width / 2, y + height / 2, tinted ? (bright ? '#000' : '#fff') : colours.ink, true);
	});
}

/** From the query to each key; how strong, the products say, and in the end the shares. */
function drawBeams(pen: Pen, stage: Stage, frame: Frame): void {
	const { film, drawn, middles, colours } = stage;
	if (frame.scene === 'ask') return;
	const [x, y] = [middles[2 * film.query] ?? 0, middles[2 * film.query + 1] ?? 0];
	pen.lineCap = 'round';
	for (const token of drawn) {
		const far = frame.beams[token] ?? 0;
		if (far <= 0 || token === film.query) continue;
		const asked =
			0.5 * (1 - 0.7 * frame.risen) + 0.5 * frame.risen * Math.max(0, (film.dots[token] ?? 0) / (film.high || 1));
		const share = poured(stage, frame, token);
		const weight = (film.weights[token] ?? 0) / stage.largest;
		pen.globalAlpha = asked * (1 - share) + Math.min(1, 0.05 + weight) * share;
		const thick = 0.8 + 2.4 * weight * share;
		pen.beginPath();
		pen.moveTo(x, y);
		pen.lineTo(x + far * ((middles[2 * token] ?? 0) - x), y + far * ((middles[2 * token + 1] ?? 0) - y));
		// With a light edge, so that it is seen on a dark photo, too.
		pen.strokeStyle = '#ffffff80';
		pen.lineWidth = thick + 1.5;
		pen.stroke();
		pen.strokeStyle = share > 0.5 ? colours.query : colours.key;
		pen.lineWidth = thick;
		pen.stroke();
	}
	pen.globalAlpha = 1;
	pen.lineCap = 'butt';
}

/** The tile of the one who asks, lifted off the photo. */
function drawQuery(pen: Pen, stage: Stage, { lift }: Frame): void {
	const { film, layout, colours, picture, pictureSize } = stage;
	const box = boxOf(layout, film.query);
	const place = placeOf(film.query, layout.grid);
	const grown = place ? 1 + 0.9 * lift : 1;
	const [width, height] = [box.width * grown, box.height * grown];
	const [x, y] = [box.x - (width - box.width) / 2, box.y - (height - box.height) / 2];
	if (place) {
		const [w, h] = [pictureSize[0] / layout.grid.columns, pictureSize[1] / layout.grid.rows];
		pen.drawImage(picture, place.column * w, place.row * h, w, h, x, y, width, height);
	}
	pen.strokeStyle = '#fff';
	pen.lineWidth = 1 + 4 * lift;
	pen.strokeRect(x, y, width, height);
	pen.strokeStyle = colours.query;
	pen.lineWidth = 1 + 2 * lift;
	pen.strokeRect(x, y, width, height);
}

function drawColumns(pen: Pen, stage: Stage, frame: Frame): void {
	const { film, layout, colours } = stage;
	const { columns: box } = layout;
	title(pen, stage, box, columnsTitle(stage, frame), colours.key);
	const range = film.high - film.low || 1;
	const zero = box.y + (box.height * film.high) / range;
	pen.strokeStyle = colours.rule;
	pen.lineWidth = 1;
	pen.beginPath();
	pen.moveTo(box.x, zero);
	pen.lineTo(box.x + box.width, zero);
	pen.stroke();
	const step = box.width / film.tokens;
	const thick = Math.max(0.75, step - (step > 3 ? 1 : 0.3));
	for (let token = 0; token < film.tokens; token++) {
		const height = ((frame.columns[token] ?? 0) * frame.zoom * frame.risen * box.height) / range;
		pen.globalAlpha = 1 - 0.85 * poured(stage, frame, token);
		pen.fillStyle = token === film.order[0] ? colours.query : colours.key;
		pen.fillRect(box.x + token * step, Math.min(zero, zero - height), thick, Math.abs(height));
	}
	pen.globalAlpha = 1;
}

function columnsTitle({ film, layout }: Stage, { scene, share, zoom }: Frame): string {
	const root = plainNumber(Math.sqrt(film.size));
	if (scene === 'ask' || scene === 'beams') return 'query · key, a column for each';
	if (scene === 'scores') return `query · key: ${num(film.low)} to ${num(film.high)}`;
	const [low, high] = [film.low / Math.sqrt(film.size), film.high / Math.sqrt(film.size)];
	if (scene === 'root' && zoom === 1 && share < 0.6) return `÷ √${film.size} = ${root}`;
	return `scores, ÷ ${root}: ${num(low)} to ${num(high)}${layout.width > 480 ? ' (drawn ' + root + ' × as high)' : ''}`;
}

function drawBar(pen: Pen, stage: Stage, frame: Frame): void {
	const { film, layout, colours, tints } = stage;
	const { bar: box } = layout;
	const first = film.order[0] ?? 0;
	const full = frame.scene === 'softmax' || frame.scene === 'sum';
	const name = first === film.query ? 'itself' : tokenName(first, layout.grid);
	const words = full
		? `100 %, the largest: ${weightPercent(film.weights[first] ?? 0)} to ${name}`
		: '100 %, one part for each key';
	title(pen, stage, box, words, colours.query);
	pen.fillStyle = colours.ground;
	pen.fillRect(box.x, box.y, box.width, box.height);
	let x = box.x;
	for (let i = 0; i < film.tokens; i++) {
		const width = (frame.segments[i] ?? 0) * box.width;
		if (width <= 0) continue;
		pen.fillStyle = tints[film.order[i] ?? 0] ?? '#000';
		pen.fillRect(x, box.y, width, box.height);
		// A hair between two, as long as each can be told from the next.
		if (width > 2) {
			pen.fillStyle = colours.ground;
			pen.fillRect(x + width - 1, box.y, 1, box.height);
		}
		x += width;
	}
	pen.strokeStyle = colours.rule;
	pen.lineWidth = 1;
	pen.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
}

/** Values on their way from their tokens to the one who asked. */
function drawFlight(pen: Pen, stage: Stage, frame: Frame): void {
	if (frame.scene !== 'sum') return;
	const { film, drawn, middles, colours, largest } = stage;
	const [x, y] = [middles[2 * film.query] ?? 0, middles[2 * film.query + 1] ?? 0];
	pen.fillStyle = colours.value;
	pen.strokeStyle = '#fff';
	pen.lineWidth = 1;
	for (const token of drawn) {
		const far = frame.flown[film.rank[token] ?? 0] ?? 0;
		if (far <= 0 || far >= 1) continue;
		const side = 2 + 12 * Math.sqrt((film.weights[token] ?? 0) / largest);
		const [fromX, fromY] = [middles[2 * token] ?? 0, middles[2 * token + 1] ?? 0];
		const [left, top] = [fromX + far * (x - fromX) - side / 2, fromY + far * (y - fromY) - side / 2];
		pen.fillRect(left, top, side, side);
		pen.strokeRect(left, top, side, side);
	}
}

function drawOut(pen: Pen, stage: Stage, frame: Frame): void {
	const { film, layout, colours } = stage;
	const { out: box } = layout;
	const narrow = box.width < 240;
	const words = frame.scene === 'sum' ? 'shares × values, added up' : `${film.size} numbers to come home`;
	title(pen, stage, box, narrow && frame.scene === 'sum' ? 'shares × values' : words, colours.value);
	const zero = box.y + box.height / 2;
	pen.strokeStyle = colours.rule;
	pen.lineWidth = 1;
	pen.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
	pen.beginPath();
	pen.moveTo(box.x, zero);
	pen.lineTo(box.x + box.width, zero);
	pen.stroke();
	const step = box.width / film.size;
	pen.fillStyle = colours.value;
	for (let f = 0; f < film.size; f++) {
		const height = (((frame.sum[f] ?? 0) / film.sumReach) * box.height) / 2;
		pen.fillRect(box.x + f * step, Math.min(zero, zero - height), Math.max(1, step - 0.5), Math.abs(height));
	}
}
