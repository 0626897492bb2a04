import {
	attentionMaps,
	CLASS_MAPS,
	gradientMapNames,
	gradientMaps,
	gradientMapTaps,
	type ClassMap
} from '../../src/lib/analysis/class-maps.ts';
import { areaUnder, keepPatches, orderOf, patchesLeft, type Direction } from '../../src/lib/analysis/faithfulness.ts';
import { shuffled } from '../../src/lib/base/shuffled.ts';
import { tokenGridOf } from '../../src/lib/engine/families.ts';
import type { Model } from '../../src/lib/engine/model.ts';
import type { Trace } from '../../src/lib/engine/trace.ts';

/** The maps that are measured, in the order of the table. */
export const MAPS = [...CLASS_MAPS, 'random'] as const;
export type MapName = (typeof MAPS)[number];

/** Mean probabilities of the class while patches are taken out, or put in, in the order of a map. */
export type Areas = Readonly<Record<Direction, number>>;

/**
 * Measures every map on one photo, for the class that the model finds likeliest.
 * @param pixels the model's input
 * @param seed of the random order
 * @throws PatchworkError `request` for a model that is no ViT
 */
export async function measurePhoto(
	model: Model,
	pixels: Float32Array,
	seed: number
): Promise<Readonly<Record<MapName, Areas>>> {
	const trace = await model.run(pixels);
	try {
		const { data } = await trace.read('probabilities');
		const classIndex = data.indexOf(Math.max(...data));
		const orders = await ordersOf(model, trace, classIndex, seed);
		const measured: Partial<Record<MapName, Areas>> = {};
		for (const name of MAPS) {
			const area = (direction: Direction) => areaOf(model, pixels, orders[name], classIndex, direction);
			measured[name] = { deletion: await area('deletion'), insertion: await area('insertion') };
		}
		return measured as Record<MapName, Areas>;
	} finally {
		trace.dispose();
	}
}

/** The patches in the order of each map, highest first. */
async function ordersOf(
	model: Model,
	trace: Trace,
	classIndex: number,
	seed: number
): Promise<Record<MapName, readonly number[]>> {
	const { config } = model;
	const names = gradientMapNames(config);
	const found = await model.gradients(trace, { classIndex, names });
	const gradients = await Promise.all(names.map((name) => found.read(name)));
	found.dispose();
	const values = await trace.readAll(gradientMapTaps(config));
	const read = async (name: string, part: 'mean' | null) => {
		const [tap] = await trace.readAll([name], undefined, part);
		if (!tap) throw new Error(`Nothing was read of '${name}'.`);
		return tap;
	};
	const maps = { ...(await attentionMaps(config, read)), ...gradientMaps({ values, gradients }, config) };
	const { rows, columns } = tokenGridOf(config);
	const orders = CLASS_MAPS.map((name) => [name, orderOf(maps[name])] as const);
	return {
		...(Object.fromEntries(orders) as Record<ClassMap, number[]>),
		random: shuffled(rows * columns, seed)
	};
}

async function areaOf(
	model: Model,
	pixels: Float32Array,
	order: readonly number[],
	classIndex: number,
	direction: Direction
): Promise<number> {
	const { length: prefix } = tokenGridOf(model.config).prefix;
	const curve: number[] = [];
	for (const left of patchesLeft(order, direction)) {
		const edits = left.length === order.length ? [] : [keepPatches(left, prefix)];
		const trace = await model.run(pixels, { edits, taps: (tap) => tap === 'probabilities' });
		curve.push((await trace.read('probabilities')).data[classIndex] ?? NaN);
		trace.dispose();
	}
	return areaUnder(curve);
}
