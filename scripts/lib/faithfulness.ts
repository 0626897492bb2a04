import { attentionOf, meanOverHeads, patchPart, rowOf, type Attention } from '../../src/lib/analysis/attention.ts';
import { areaUnder, keepPatches, orderOf, patchesLeft, type Direction } from '../../src/lib/analysis/faithfulness.ts';
import { inputTimesGradient, overPatches } from '../../src/lib/analysis/input-gradient.ts';
import { relevanceFrom, relevanceTaps } from '../../src/lib/analysis/relevance.ts';
import { rolloutFrom } from '../../src/lib/analysis/rollout.ts';
import { asViT } from '../../src/lib/engine/families.ts';
import type { Model } from '../../src/lib/engine/model.ts';
import type { TapData } from '../../src/lib/engine/tap.ts';
import type { Trace } from '../../src/lib/engine/trace.ts';
import { prefixTokens, tokenCount, type ViTConfig } from '../../src/lib/engine/vit/config.ts';
import { shuffled } from '../../src/lib/base/shuffled.ts';

/** The maps that are measured, in the order of the table. */
export const MAPS = ['last-block attention', 'rollout', 'relevance', 'input x gradient', 'random'] as const;
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
	const config = asViT(model.config);
	const names = [...relevanceTaps(config), 'pixel_values'];
	const gradients = await model.gradients(trace, { classIndex, names });
	const all = (read: (name: string) => Promise<TapData>) => Promise.all(names.map(read));
	const [values, slopes] = [await all((name) => trace.read(name)), await all((name) => gradients.read(name))];
	gradients.dispose();
	const [pixels, byPixel] = [values.pop(), slopes.pop()];
	const [patterns, ofPatterns] = [values, slopes].map((taps) => taps.map((tap) => attentionOf(tap, config)));
	if (!pixels || !byPixel || !patterns || !ofPatterns) throw new Error('Every run has pixels and patterns.');
	const prefix = prefixTokens(config);
	const maps: Record<Exclude<MapName, 'random'>, Float32Array> = {
		'last-block attention': patchPart(lastRow(patterns, config), prefix),
		rollout: patchPart(await rolledOut(patterns, config), prefix),
		relevance: patchPart(await relevanceFrom(patterns, ofPatterns, readsPatches(config) ? null : 0), prefix),
		'input x gradient': overPatches(inputTimesGradient(pixels, byPixel), config.imageSize[1], config.patchSize)
	};
	const orders = Object.entries(maps).map(([name, map]) => [name, orderOf(map)] as const);
	return {
		...(Object.fromEntries(orders) as Record<keyof typeof maps, number[]>),
		random: shuffled(tokenCount(config) - prefix, seed)
	};
}

const readsPatches = ({ pooling }: ViTConfig) => pooling === 'mean';

/** The tokens whose rows are asked: CLS, or all patches where the head reads their mean. */
function tokensAsked(config: ViTConfig): number[] {
	const first = prefixTokens(config);
	return readsPatches(config) ? Array.from({ length: tokenCount(config) - first }, (_, i) => first + i) : [0];
}

function lastRow(patterns: readonly Attention[], config: ViTConfig): Float32Array {
	const [last] = patterns.slice(-1).map(meanOverHeads);
	return meanOf(tokensAsked(config).map((token) => (last ? rowOf(last, 0, token) : new Float32Array())));
}

async function rolledOut(patterns: readonly Attention[], config: ViTConfig): Promise<Float32Array> {
	const tokens = tokenCount(config);
	return meanOf(await Promise.all(tokensAsked(config).map((token) => rolloutFrom(patterns, tokens, token))));
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
	const mean = new Float64Array(rows[0]?.length ?? 0);
	for (const row of rows) for (const [i, value] of row.entries()) mean[i] = (mean[i] ?? 0) + value / rows.length;
	return Float32Array.from(mean);
}

async function areaOf(
	model: Model,
	pixels: Float32Array,
	order: readonly number[],
	classIndex: number,
	direction: Direction
): Promise<number> {
	const prefix = prefixTokens(asViT(model.config));
	const curve: number[] = [];
	for (const left of patchesLeft(order, direction)) {
		const edits = left.length === order.length ? [] : [keepPatches(left, prefix)];
		const trace = await model.run(pixels, { edits, taps: (tap) => tap === 'probabilities' });
		curve.push((await trace.read('probabilities')).data[classIndex] ?? NaN);
		trace.dispose();
	}
	return areaUnder(curve);
}
