import { convBlocks, featureMaps, strided, type ConvConfig, type ConvLayerConfig } from '../engine/conv/config';
import type { Grid } from '../engine/config';
import type { Padding } from '../engine/ops/convolution';
import { zerosBefore } from '../engine/ops/zeros';

/** From the first to the last of a row of places or pixels, both counted from 0 and both included. */
export type Span = readonly [first: number, last: number];

/** The rows and columns of pixels that a place of a map can depend on. */
export interface ReceptiveField {
	/** Those of them that the photo has. */
	readonly rows: Span;
	readonly columns: Span;
	/** In pixels, as far as it would reach if the photo had no edge. */
	readonly height: number;
	readonly width: number;
}

/** What a window that goes over a map reads. */
interface Window {
	readonly kernel: number;
	readonly stride: number;
	readonly padding: Padding;
}

/** A way through which a map was made of an earlier one: windows one after the other. */
type Way = readonly Window[];

/**
 * What the unit at a place of a map can depend on, by kernels, strides and padding alone: the theoretical receptive field
 * (Araujo et al. 2019, "Computing Receptive Fields of Convolutional Neural Networks", Distill). Of a block with a shortcut,
 * what both ways reach.
 * @param name of the map, one that `featureMaps` lists at the end of the stem, of a block or of the network: `stem`,
 * `stages.1.blocks.0.out`, `head`
 * @param place row and column, counted from 0
 * @throws RangeError where the network makes no such map
 */
export function receptiveField(config: ConvConfig, name: string, place: readonly [number, number]): ReceptiveField {
	const passed = partsTo(config, name);
	const sizes = passed.reduce<Grid[]>(
		(all, { ways: [way = []] }) => [...all, sizeAfter(way, all.at(-1))],
		[{ rows: config.imageSize[0], columns: config.imageSize[1] }]
	);
	const along = (side: 'rows' | 'columns', at: number, clipped: boolean): Span =>
		passed.reduceRight<Span>(
			(span, { ways }, i) => {
				const length = sizes[i]?.[side] ?? 0;
				return joined(ways.map((way) => before(way, span, length, clipped)));
			},
			[at, at]
		);
	const [height, width] = (['rows', 'columns'] as const).map((side, i) => {
		const [first, last] = along(side, place[i] ?? 0, false);
		return last - first + 1;
	});
	const [rows, columns] = [along('rows', place[0], true), along('columns', place[1], true)];
	return { rows, columns, height: height ?? 0, width: width ?? 0 };
}

/** The parts of a network in their order, each with the map that it ends in. */
function partsOf({ stem, stemPool, stages, head, padding }: ConvConfig): { name: string; ways: readonly Way[] }[] {
	const windowsOf = (layers: readonly ConvLayerConfig[]): Way =>
		layers.map(({ kernel, stride }) => ({ kernel, stride, padding }));
	const pool: Way = stemPool ? [{ kernel: 3, stride: 2, padding: 'symmetric' }] : [];
	return [
		{ name: 'stem', ways: [[...windowsOf(stem), ...pool]] },
		...convBlocks({ stages }).map(({ name, block: { layers, shortcut } }) => {
			const through = windowsOf(layers);
			if (shortcut === 'none') return { name: `${name}.out`, ways: [through] };
			if (shortcut === 'identity') return { name: `${name}.out`, ways: [through, []] };
			const { mean, layer } = shortcut;
			const squares: Way = mean > 1 ? [{ kernel: mean, stride: mean, padding: 'one-sided' }] : [];
			return { name: `${name}.out`, ways: [through, [...squares, ...windowsOf([layer])]] };
		}),
		...(head ? [{ name: 'head', ways: [windowsOf([head])] }] : [])
	];
}

function partsTo(config: ConvConfig, name: string) {
	const parts = partsOf(config);
	const last = parts.findIndex((part) => part.name === name);
	if (last >= 0) return parts.slice(0, last + 1);
	const some = featureMaps(config).length;
	throw new RangeError(`None of the ${some} maps is called "${name}" and ends a part of the network.`);
}

function sizeAfter(way: Way, size: Grid = { rows: 0, columns: 0 }): Grid {
	return way.reduce((at, { stride }) => strided(at, stride), size);
}

/** What a span of the map that a way makes was made of. @param length of the map before it, along this side */
function before(way: Way, span: Span, length: number, clipped: boolean): Span {
	const lengths = way.reduce<number[]>((all, { stride }) => [...all, Math.ceil((all.at(-1) ?? 0) / stride)], [length]);
	return way.reduceRight<Span>(([first, last], { kernel, stride, padding }, i) => {
		const read = lengths[i] ?? 0;
		const start = first * stride - zerosBefore(read, kernel, stride, padding);
		const end = last * stride - zerosBefore(read, kernel, stride, padding) + kernel - 1;
		return clipped ? [Math.max(0, start), Math.min(read - 1, end)] : [start, end];
	}, span);
}

function joined(spans: readonly Span[]): Span {
	return [Math.min(...spans.map(([first]) => first)), Math.max(...spans.map(([, last]) => last))];
}
