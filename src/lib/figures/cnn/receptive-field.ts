/** A layer of a CNN that looks through a window: a convolution or a pooling. Sizes are in pixels of its own input. */
export interface WindowLayer {
	readonly kernel: number;
	readonly stride: number;
}

/** What one unit behind some layers depends on, along one side. */
export interface Field {
	/** Side of the square of input pixels that can reach the unit: its theoretical receptive field, in pixels. */
	readonly side: number;
	/** Distance between the centres of two neighbouring units, in input pixels. */
	readonly jump: number;
}

/** A unit before any layer is one pixel. */
export const PIXEL: Field = { side: 1, jump: 1 };

/**
 * The receptive field behind one more layer: a window of k units spans (k - 1) of their distances more,
 *
 *     r' = r + (k - 1) j,   j' = j s
 *
 * (Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019).
 */
export function grow({ side, jump }: Field, { kernel, stride }: WindowLayer): Field {
	return { side: side + (kernel - 1) * jump, jump: jump * stride };
}

/** A point of a network at which its receptive field is asked for. */
export interface Place extends Field {
	readonly name: string;
	/** The share of the network's layers that lie before this place, in (0, 1]. */
	readonly depth: number;
}

/** A named part of a network: layers, one after another. */
export interface Part {
	readonly name: string;
	readonly layers: readonly WindowLayer[];
}

/** The receptive field behind each part of a network. Every layer counts the same in the depth. */
export function fieldsOf(parts: readonly Part[]): Place[] {
	const total = parts.reduce((sum, { layers }) => sum + layers.length, 0);
	let field = PIXEL;
	let done = 0;
	return parts.map(({ name, layers }) => {
		field = layers.reduce(grow, field);
		done += layers.length;
		return { name, depth: done / total, ...field };
	});
}

/**
 * ResNet-50 as in He et al. 2015, table 1: a 7 x 7 convolution and a 3 x 3 pooling, then four stages of bottleneck blocks
 * (1 x 1, 3 x 3, 1 x 1). Each stage after the first halves the picture in its first block's first convolution. The
 * shortcuts around the blocks see less than the path through them, so they do not count.
 */
export const RESNET_50: readonly Part[] = [
	{
		name: 'the stem',
		layers: [
			{ kernel: 7, stride: 2 },
			{ kernel: 3, stride: 2 }
		]
	},
	...[3, 4, 6, 3].flatMap((blocks, stage) =>
		Array.from({ length: blocks }, (_, block) => bottleneck(stage, block, stage > 0 && block === 0 ? 2 : 1))
	)
];

function bottleneck(stage: number, block: number, stride: number): Part {
	return {
		name: `stage ${stage + 1}, block ${block + 1}`,
		layers: [
			{ kernel: 1, stride },
			{ kernel: 3, stride: 1 },
			{ kernel: 1, stride: 1 }
		]
	};
}

/** The place nearest to a relative depth in [0, 1]; the shallower of two that are equally near. */
export function placeAt(places: readonly Place[], depth: number): Place {
	const [first, ...rest] = places;
	if (!first) throw new Error('A network without parts has no depth.');
	return rest.reduce(
		(best, place) => (Math.abs(place.depth - depth) < Math.abs(best.depth - depth) ? place : best),
		first
	);
}

/**
 * The part of a square receptive field that lies on the picture: the field is centred on a point, and what hangs over an
 * edge is padding. All in pixels of the model's input.
 */
export function onPicture(
	centre: { readonly x: number; readonly y: number },
	side: number,
	picture: { readonly width: number; readonly height: number }
): { x: number; y: number; width: number; height: number; covered: number } {
	const from = (middle: number) => Math.max(0, middle - side / 2);
	const to = (middle: number, limit: number) => Math.min(limit, middle + side / 2);
	const [x, y] = [from(centre.x), from(centre.y)];
	const [width, height] = [to(centre.x, picture.width) - x, to(centre.y, picture.height) - y];
	return { x, y, width, height, covered: (width * height) / (picture.width * picture.height) };
}
