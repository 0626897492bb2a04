import { FIXED_EPS, stageMap, tableWindow, type SwinConfig } from '../../../../src/lib/engine/swin/config';
import {
	isPadded,
	isShifted,
	relativePositions,
	shiftMask,
	windowLayout,
	type WindowLayout
} from '../../../../src/lib/engine/swin/windows';
import { Graph } from './graph';
import {
	attentionName,
	constant,
	gelu,
	INPUT,
	layerNorm,
	linear,
	LOGITS,
	scaledScores,
	splitQkv,
	transposed
} from './layers';
import type { Named } from './named';

interface Builder {
	readonly graph: Graph;
	readonly config: SwinConfig;
	readonly weights: Named;
}

/** Where a block stands: its stage's settings, its windows, and its number among all. */
interface Place {
	readonly name: string;
	readonly stage: SwinConfig['stages'][number];
	readonly layout: WindowLayout;
	readonly index: number;
}

/** A Swin Transformer whose windows divide its maps, as an ONNX file. Outputs: logits, and the pattern of every block. */
export async function onnxSwin(config: SwinConfig, weights: Named): Promise<Uint8Array> {
	const graph = new Graph();
	const builder = { graph, config, weights };
	let x = await embed(builder);
	let index = 0;
	for (const [s, stage] of config.stages.entries()) {
		for (let b = 0; b < stage.depth; b++, index++) {
			const layout = windowLayout(config, s, b);
			if (isPadded(layout)) throw new Error('The bench compares Swins whose windows divide their maps.');
			x = await block(builder, { name: `stages.${s}.blocks.${b}`, stage, layout, index }, x);
		}
		if (s < config.stages.length - 1) x = await merge(builder, s, x);
	}
	await classify(builder, x);
	return graph.encode();
}

async function embed({ graph, config, weights }: Builder): Promise<string> {
	const { channels, patchSize: p, imageSize } = config;
	const [dim = 0] = config.stages.map((stage) => stage.dim);
	const { weight, bias } = weights.linear('patch_embed');
	const inputs = [graph.input(INPUT, [1, channels, ...imageSize])];
	inputs.push(graph.floats([dim, channels, p, p], await transposed(weight)));
	if (bias) inputs.push(await constant(graph, bias));
	const patches = graph.node('Conv', inputs, { kernel_shape: [p, p], strides: [p, p] });
	const flat = graph.node('Reshape', [patches, graph.integers([1, dim, -1])]);
	return layerNorm(graph, weights.norm('patch_norm'), graph.node('Transpose', [flat], { perm: [0, 2, 1] }), FIXED_EPS);
}

async function block(builder: Builder, place: Place, x: string): Promise<string> {
	const { graph, config, weights } = builder;
	const { name, stage, layout, index } = place;
	const norm1 = await layerNorm(graph, weights.norm(`${name}.norm1`), x, config.layerNormEps);
	const attended = await attention(builder, place, toWindows(graph, layout, norm1, stage.dim));
	const residual = graph.node('Add', [x, fromWindows(graph, layout, attended, stage.dim)]);
	const norm2 = await layerNorm(graph, weights.norm(`${name}.norm2`), residual, config.layerNormEps);
	const hidden = gelu(graph, await linear(graph, weights.linear(`${name}.fc1`), norm2));
	const out = graph.node('Add', [residual, await linear(graph, weights.linear(`${name}.fc2`), hidden)]);
	graph.output(attentionName(index), [layout.count, stage.heads, layout.area, layout.area]);
	return out;
}

/** (windows, area, d) to the same. */
async function attention({ graph, weights }: Builder, place: Place, x: string): Promise<string> {
	const { name, stage, layout, index } = place;
	const { heads, dim } = stage;
	const { count, area } = layout;
	const qkv = await linear(graph, weights.linear(`${name}.qkv`), x);
	const [query, key, value] = splitQkv(graph, qkv, [count, area, 3, heads, dim / heads]);
	const bias = graph.floats([1, heads, area, area], await biasOf(weights, place));
	const biased = graph.node('Add', [scaledScores(graph, query, key, dim / heads), bias]);
	const mask = shiftMask(layout);
	const scores = mask ? graph.node('Add', [biased, graph.floats([count, 1, area, area], mask)]) : biased;
	const pattern = graph.node('Softmax', [scores], { axis: 3 }, attentionName(index));
	const context = graph.node('Transpose', [graph.node('MatMul', [pattern, value])], { perm: [0, 2, 1, 3] });
	const joined = graph.node('Reshape', [context, graph.integers([count, area, dim])]);
	return linear(graph, weights.linear(`${name}.proj`), joined);
}

/** What each head adds to a score, as exports have it: gathered once and for all. */
async function biasOf(weights: Named, { name, stage, layout }: Place): Promise<Float32Array> {
	const table = await weights.tensor(`${name}.bias_table`).data();
	const pairs = relativePositions(layout.window, tableWindow(stage));
	return Float32Array.from({ length: stage.heads * pairs.length }, (_, i) => {
		const [head, pair] = [Math.floor(i / pairs.length), i % pairs.length];
		return table[(pairs[pair] ?? 0) * stage.heads + head] ?? NaN;
	});
}

/** (1, n, d) to (windows, area, d). */
function toWindows(graph: Graph, layout: WindowLayout, x: string, dim: number): string {
	const { map, window, down, across, count, area } = layout;
	const asMap = graph.node('Reshape', [x, graph.integers([1, map.rows, map.columns, dim])]);
	const rolled = rolledMap(graph, layout, asMap, 1);
	const cut = graph.node('Reshape', [rolled, graph.integers([1, down, window.rows, across, window.columns, dim])]);
	const turned = graph.node('Transpose', [cut], { perm: [0, 1, 3, 2, 4, 5] });
	return graph.node('Reshape', [turned, graph.integers([count, area, dim])]);
}

/** What undoes it. */
function fromWindows(graph: Graph, layout: WindowLayout, x: string, dim: number): string {
	const { map, window, down, across } = layout;
	const cut = graph.node('Reshape', [x, graph.integers([1, down, across, window.rows, window.columns, dim])]);
	const turned = graph.node('Transpose', [cut], { perm: [0, 1, 3, 2, 4, 5] });
	const asMap = graph.node('Reshape', [turned, graph.integers([1, map.rows, map.columns, dim])]);
	const back = rolledMap(graph, layout, asMap, -1);
	return graph.node('Reshape', [back, graph.integers([1, map.rows * map.columns, dim])]);
}

/** Rolls a map (1, rows, columns, d) as PyTorch's `roll` is exported: two slices an axis, joined the other way round. */
function rolledMap(graph: Graph, layout: WindowLayout, x: string, way: 1 | -1): string {
	if (!isShifted(layout)) return x;
	const { map, shift } = layout;
	const roll = (from: string, axis: number, by: number) => {
		const slice = (start: number, end: number) =>
			graph.node('Slice', [from, graph.integers([start]), graph.integers([end]), graph.integers([axis])]);
		return graph.node('Concat', [slice(by, 2 ** 31 - 1), slice(0, by)], { axis });
	};
	const by = (size: number, steps: number) => (way === 1 ? steps : size - steps);
	return roll(roll(x, 1, by(map.rows, shift.rows)), 2, by(map.columns, shift.columns));
}

/** Joins every 2 x 2 tokens: columns first, then rows, then features. */
async function merge({ graph, config, weights }: Builder, stage: number, x: string): Promise<string> {
	const { rows, columns } = stageMap(config, stage);
	const dim = config.stages[stage]?.dim ?? 0;
	const fours = graph.node('Reshape', [x, graph.integers([1, rows / 2, 2, columns / 2, 2, dim])]);
	const turned = graph.node('Transpose', [fours], { perm: [0, 1, 3, 4, 2, 5] });
	const joined = graph.node('Reshape', [turned, graph.integers([1, (rows * columns) / 4, 4 * dim])]);
	const normed = await layerNorm(graph, weights.norm(`stages.${stage}.merge.norm`), joined, FIXED_EPS);
	return linear(graph, weights.linear(`stages.${stage}.merge.reduction`), normed);
}

async function classify({ graph, config, weights }: Builder, x: string): Promise<void> {
	const norm = await layerNorm(graph, weights.norm('norm'), x, config.layerNormEps);
	const pooled = graph.node('ReduceMean', [norm], { axes: [1], keepdims: 0 });
	await linear(graph, weights.linear('head'), pooled, LOGITS);
	graph.output(LOGITS, [1, config.classes]);
}
