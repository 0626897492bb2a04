import { interpolateZoom } from 'd3';

/** A rectangle within the stage, in its pixels. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** How a layer is drawn: moved, then made larger, about its upper left corner. */
export interface Placed {
	readonly x: number;
	readonly y: number;
	readonly scale: number;
	/** In [0, 1]. */
	readonly opacity: number;
}

export interface Frame {
	/** What is flown into, and what lies in it. */
	readonly outer: Placed;
	readonly inner: Placed;
}

/** One layer goes while the other comes: the inner is seen from this share of the way on, the outer until that. */
const COMES = 0.35;
const GOES = 0.85;

const between = (t: number, from: number, to: number) => Math.min(1, Math.max(0, (t - from) / (to - from)));

/**
 * The flight into a part of a picture, along the path of van Wijk and Nuij (2003) that d3 computes: at 0 the outer layer
 * fills the stage, and the inner lies in the part; at 1 the inner fills the stage.
 * @param stage its size, in pixels @param part where the inner layer lies in the outer
 */
export function flight(stage: Pick<Box, 'width' | 'height'>, part: Box): (t: number) => Frame {
	const { width, height } = stage;
	const middle = { x: part.x + part.width / 2, y: part.y + part.height / 2 };
	const view = interpolateZoom([width / 2, height / 2, width], [middle.x, middle.y, part.width]);
	const small = part.width / width;
	const corner = { x: middle.x - (width * small) / 2, y: middle.y - (height * small) / 2 };
	return (t) => {
		const [cx, cy, seen] = view(t);
		const scale = width / seen;
		const outer = { x: width / 2 - scale * cx, y: height / 2 - scale * cy, scale };
		const inner = { x: outer.x + scale * corner.x, y: outer.y + scale * corner.y, scale: scale * small };
		return {
			outer: { ...outer, opacity: 1 - between(t, COMES, GOES) },
			inner: { ...inner, opacity: between(t, COMES, GOES) }
		};
	};
}

/** A step to a number beside this one: what it is made of comes from the left, as it does in the picture. */
export function step(stage: Pick<Box, 'width'>, towards: 'source' | 'back'): (t: number) => Frame {
	const way = towards === 'source' ? 1 : -1;
	return (t) => ({
		outer: { x: way * t * 0.5 * stage.width, y: 0, scale: 1, opacity: 1 - t },
		inner: { x: -way * (1 - t) * 0.5 * stage.width, y: 0, scale: 1, opacity: t }
	});
}

export const transformOf = ({ x, y, scale }: Placed): string =>
	`translate(${x.toFixed(2)}px, ${y.toFixed(2)}px) scale(${scale.toFixed(5)})`;

/** Frames of a flight; the browser draws those between them. */
const FRAMES = 24;

/** A flight as keyframes of its two layers. @param back whether it is flown from its end to its beginning */
export function keyframes(at: (t: number) => Frame, back: boolean): Record<'outer' | 'inner', Keyframe[]> {
	const ease = (t: number) => t * t * (3 - 2 * t);
	const frames = Array.from({ length: FRAMES + 1 }, (_, i) => at(ease(back ? 1 - i / FRAMES : i / FRAMES)));
	const of = (layer: keyof Frame) =>
		frames.map((frame): Keyframe => ({ transform: transformOf(frame[layer]), opacity: frame[layer].opacity }));
	return { outer: of('outer'), inner: of('inner') };
}
