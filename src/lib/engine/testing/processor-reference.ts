/*
 * What transformers' image processors do, step by step on a whole picture, as slowly and plainly as it can be said. It
 * shares no code with the engine, so that the two can be held against each other.
 */

/** Rows of pixels of three numbers. */
export type Plain = number[][][];

type Values = Readonly<Record<string, unknown>>;

/** What a class does by itself: size, whether a bare size is for both sides, resample, crop, mean, std, whether it pads. */
const CLASSES: Readonly<Record<string, readonly [Values, boolean, number, number | null, boolean, string, boolean]>> = {
	ViT: [{ height: 224, width: 224 }, true, 2, null, false, 'half', true],
	DeiT: [{ height: 256, width: 256 }, true, 3, 224, true, 'half', true],
	Beit: [{ height: 224, width: 224 }, true, 3, 224, false, 'half', false],
	Bit: [{ shortest_edge: 224 }, false, 3, 224, true, 'clip', true],
	CLIP: [{ shortest_edge: 224 }, false, 3, 224, true, 'clip', true],
	Siglip: [{ height: 224, width: 224 }, false, 3, null, false, 'half', true],
	DINOv3ViT: [{ height: 224, width: 224 }, true, 2, null, false, 'imagenet', false],
	ConvNext: [{ shortest_edge: 384 }, false, 3, null, false, 'half', false],
	Levit: [{ shortest_edge: 224 }, false, 3, 224, true, 'imagenet', true],
	MobileNetV2: [{ shortest_edge: 256 }, false, 2, 224, true, 'half', false],
	Pvt: [{ height: 224, width: 224 }, true, 3, null, false, 'imagenet', true]
};

const COLOURS: Readonly<Record<string, readonly [number[], number[]]>> = {
	half: [
		[0.5, 0.5, 0.5],
		[0.5, 0.5, 0.5]
	],
	imagenet: [
		[0.485, 0.456, 0.406],
		[0.229, 0.224, 0.225]
	],
	clip: [
		[0.48145466, 0.4578275, 0.40821073],
		[0.26862954, 0.26130258, 0.27577711]
	]
};

/** What comes out: the numbers, channels first; or the key that can't be followed. */
export type Outcome =
	| { readonly refused: string }
	| {
			readonly values: Float32Array;
			readonly size: [height: number, width: number];
			/** Whether every photo becomes this size. */
			readonly fixed: boolean;
			readonly seen: Plain;
	  };

class Refused extends Error {}

function need(condition: boolean, key: string): asserts condition {
	if (!condition) throw new Refused(key);
}

/** @param stem of the class's name, without `ImageProcessor` */
export function outcomeOf(json: Values, stem: string, photo: Plain): Outcome {
	try {
		return processed(json, stem, photo);
	} catch (error) {
		if (error instanceof Refused) return { refused: error.message };
		throw error;
	}
}

function processed(json: Values, stem: string, photo: Plain): Outcome {
	const [ownSize, square, ownFilter, ownCrop, crops, colours, pads] = CLASSES[stem] ?? raise(stem);
	const on = (key: string, otherwise: boolean): boolean => {
		const value = json[key] ?? otherwise;
		need(typeof value === 'boolean', key);
		return value;
	};
	let picture = photo;
	let fixed = false;
	if (on('do_resize', true)) {
		const filter = json.resample ?? ownFilter;
		need(typeof filter === 'number' && [0, 1, 2, 3, 4, 5].includes(filter), 'resample');
		[picture, fixed] = resizedBy(json, stem, ownSize, square, picture, filter);
	}
	if (on('do_center_crop', crops)) {
		const size = json.crop_size ?? ownCrop;
		need(size !== null, 'do_center_crop');
		const [height, width] = heightAndWidth(size, 'crop_size');
		picture = centre(picture, height, width);
		fixed = true;
	}
	const [mean, std] = COLOURS[colours] ?? raise(colours);
	let normal = picture;
	if (on('do_rescale', true)) {
		const factor = json.rescale_factor ?? 1 / 255;
		need(typeof factor === 'number', 'rescale_factor');
		normal = mapped(normal, (v) => Math.fround(v * factor));
	}
	if (on('do_normalize', true)) {
		const [means, stds] = [three(json.image_mean ?? mean, 'image_mean'), three(json.image_std ?? std, 'image_std')];
		need(
			stds.every((v) => v !== 0),
			'image_std'
		);
		const f = Math.fround;
		normal = mapped(normal, (v, c) => f(f(v - f(means[c] ?? NaN)) / f(stds[c] ?? NaN)));
	}
	let values = normal;
	if (pads && on('do_pad', false) && (json.pad_size ?? null) !== null) {
		const [height, width] = heightAndWidth(json.pad_size, 'pad_size');
		if (fixed) need(height >= normal.length && width >= (normal[0]?.length ?? 0), 'pad_size');
		// What is larger fails for this photo, and not for the file.
		if (height < normal.length || width < (normal[0]?.length ?? 0)) return channelsFirst(values, false, picture);
		values = grid(height, width, (y, x) => normal[y]?.[x] ?? [0, 0, 0]);
		fixed = true;
	}
	return channelsFirst(values, fixed, picture);
}

function raise(what: string): never {
	throw new Error(`There is no ${what}.`);
}

function resizedBy(
	json: Values,
	stem: string,
	ownSize: Values,
	square: boolean,
	photo: Plain,
	filter: number
): [Plain, fixed: boolean] {
	const [h, w] = [photo.length, photo[0]?.length ?? 0];
	let given: unknown = json.size ?? ownSize;
	if (stem === 'CLIP' && json.use_square_size === true) given = { height: 224, width: 224 };
	if (Array.isArray(given)) given = { height: (given as unknown[])[0], width: (given as unknown[])[1] };
	if (typeof given === 'number')
		given = (json.default_to_square ?? square) ? { height: given, width: given } : { shortest_edge: given };
	const size = given as Record<string, number | undefined>;
	const isInteger = (v: number | undefined): v is number => typeof v === 'number' && Number.isInteger(v) && v > 0;
	const to = (height: number, width: number): Plain => resize(photo, Math.max(1, height), Math.max(1, width), filter);
	const shorter = (edge: number): Plain =>
		w <= h ? to(Math.floor((edge * h) / w), edge) : to(edge, Math.floor((edge * w) / h));
	const { shortest_edge: edge, longest_edge: most, height, width, max_height: tall, max_width: wide } = size;

	if (stem === 'ConvNext') {
		need(isInteger(edge), 'size');
		if (edge >= 384) return [to(edge, edge), true];
		const part = json.crop_pct ?? 224 / 256;
		need(typeof part === 'number' && part > 0, 'crop_pct');
		return [centre(shorter(Math.floor(edge / part)), edge, edge), true];
	}
	if (stem === 'Levit' && edge !== undefined) {
		need(isInteger(edge), 'size');
		return [shorter(Math.floor((256 / 224) * edge)), false];
	}
	if (edge !== undefined && most !== undefined) {
		need(isInteger(edge) && isInteger(most), 'size');
		return [bounded(edge, most), false];
	}
	if (edge !== undefined) {
		need(isInteger(edge), 'size');
		return [shorter(edge), false];
	}
	if (height !== undefined) {
		need(isInteger(height) && isInteger(width), 'size');
		return [to(height, width), true];
	}
	need(stem !== 'Levit' && isInteger(tall) && isInteger(wide), 'size');
	const scale = Math.min(tall / h, wide / w);
	return [to(Math.floor(h * scale), Math.floor(w * scale)), false];

	function bounded(edge: number, most: number): Plain {
		const [short, long] = [Math.min(h, w), Math.max(h, w)];
		if ((long / short) * edge <= most) return shorter(edge);
		const raw = (most * short) / long;
		const near = Math.round(raw);
		const least = raw - Math.floor(raw) === 0.5 && near % 2 === 1 ? near - 1 : near;
		if (short === least) return photo;
		return w < h ? to(Math.floor((raw * h) / w), least) : to(least, Math.floor((raw * w) / h));
	}
}

/** The picture in a larger black one, where there is need, and that one's middle. */
function centre(picture: Plain, height: number, width: number): Plain {
	const top = Math.floor((picture.length - height) / 2);
	const left = Math.floor(((picture[0]?.length ?? 0) - width) / 2);
	return grid(height, width, (y, x) => picture[y + top]?.[x + left] ?? [0, 0, 0]);
}

function heightAndWidth(value: unknown, key: string): [number, number] {
	let both = value;
	if (typeof both === 'number') both = [both, both];
	if (both !== null && typeof both === 'object' && !Array.isArray(both)) {
		const { height, width, ...rest } = both as Values;
		need(Object.keys(rest).length === 0, key);
		both = [height, width];
	}
	need(Array.isArray(both) && both.length === 2 && both.every((v) => Number.isInteger(v) && Number(v) > 0), key);
	return both as [number, number];
}

function three(value: unknown, key: string): number[] {
	const values = typeof value === 'number' ? [value, value, value] : value;
	need(Array.isArray(values) && values.length === 3 && values.every((v) => typeof v === 'number'), key);
	return values as number[];
}

function grid(height: number, width: number, at: (y: number, x: number) => number[]): Plain {
	return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => at(y, x)));
}

function mapped(picture: Plain, change: (value: number, channel: number) => number): Plain {
	return picture.map((row) => row.map((pixel) => pixel.map(change)));
}

function channelsFirst(picture: Plain, fixed: boolean, seen: Plain): Outcome {
	const values = [0, 1, 2].flatMap((c) => picture.flatMap((row) => row.map((pixel) => pixel[c] ?? NaN)));
	return { values: Float32Array.from(values), size: [picture.length, picture[0]?.length ?? 0], fixed, seen };
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Pillow's filters by number: how far they reach, and what they are there. */
const FILTERS: Readonly<Record<number, readonly [reach: number, weight: (x: number) => number]>> = {
	1: [3, (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0)],
	2: [1, (x) => Math.max(0, 1 - Math.abs(x))],
	3: [2, cubicWeight],
	4: [0.5, (x) => Number(x > -0.5 && x <= 0.5)],
	5: [
		1,
		(x) => (Math.abs(x) < 1 ? sinc(x) * (Math.fround(0.54) + Math.fround(0.46) * Math.cos(Math.PI * Math.abs(x))) : 0)
	]
};

function cubicWeight(x: number): number {
	const t = Math.abs(x);
	if (t >= 2) return 0;
	return t < 1 ? 1.5 * t ** 3 - 2.5 * t ** 2 + 1 : -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2;
}

function resize(picture: Plain, height: number, width: number, filter: number): Plain {
	if (filter === 0) {
		const across = stepped(picture[0]?.length ?? 0, width);
		return stepped(picture.length, height).map((y) => across.map((x) => picture[y]?.[x] ?? []));
	}
	const turned = (p: Plain): Plain => grid(p[0]?.length ?? 0, p.length, (y, x) => p[x]?.[y] ?? []);
	const [across, down] = [partsOf(picture[0]?.length ?? 0, width, filter), partsOf(picture.length, height, filter)];
	const narrow = picture.map((row) => resizedLine(row, across));
	return turned(turned(narrow).map((column) => resizedLine(column, down)));
}

/** The middles of the new pixels in the old line, each a step from the one before. */
function stepped(from: number, to: number): number[] {
	const step = from / to;
	const picked: number[] = [];
	for (let at = step / 2; picked.length < to; at += step) picked.push(Math.min(from - 1, Math.floor(at)));
	return picked;
}

interface Part {
	readonly from: number;
	readonly shares: readonly number[];
}

/** Which old pixels a new one is made of, and their shares, in parts of 2 ** 22. */
function partsOf(length: number, to: number, filter: number): Part[] {
	const [reach, weight] = FILTERS[filter] ?? raise('filter');
	const scale = length / to;
	const stretch = Math.max(1, scale);
	return Array.from({ length: to }, (_, i) => {
		const middle = (i + 0.5) * scale;
		const from = Math.max(0, Math.floor(middle - reach * stretch + 0.5));
		const end = Math.min(length, Math.floor(middle + reach * stretch + 0.5));
		const weights = Array.from({ length: end - from }, (_, k) => weight((from + k - middle + 0.5) * (1 / stretch)));
		const total = weights.reduce((sum, one) => sum + one, 0);
		const shares = weights.map((one) => (one / total) * 2 ** 22);
		return { from, shares: shares.map((share) => Math.sign(share) * Math.floor(Math.abs(share) + 0.5)) };
	});
}

function resizedLine(line: readonly number[][], parts: readonly Part[]): number[][] {
	return parts.map(({ from, shares }) =>
		[0, 1, 2].map((c) => {
			const sum = shares.reduce((total, share, k) => total + share * (line[from + k]?.[c] ?? NaN), 2 ** 21);
			return Math.min(255, Math.max(0, Math.floor(sum / 2 ** 22)));
		})
	);
}
