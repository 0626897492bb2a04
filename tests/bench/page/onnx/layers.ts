import type { LayerNorm } from '../../../../src/lib/engine/ops/layer-norm';
import type { Linear } from '../../../../src/lib/engine/ops/linear';
import type { Parameter } from '../../../../src/lib/engine/parameter';
import type { Graph } from './graph';

/* What the graphs of both kinds of models are made of, as the usual exports from PyTorch write it. */

export const INPUT = 'pixel_values';
export const LOGITS = 'logits';
export const attentionName = (block: number): string => `attention_${block}`;

export async function layerNorm(graph: Graph, norm: LayerNorm | null, x: string, eps: number): Promise<string> {
	if (!norm) throw new Error('The bench compares models with layer norms, and this one has none.');
	const parameters = [await constant(graph, norm.scale), await constant(graph, norm.offset)];
	return graph.node('LayerNormalization', [x, ...parameters], { epsilon: { float: eps } });
}

export async function linear(graph: Graph, { weight, bias }: Linear, x: string, name?: string): Promise<string> {
	if (!bias) return graph.node('MatMul', [x, await constant(graph, weight)], {}, name);
	return graph.node(
		'Add',
		[graph.node('MatMul', [x, await constant(graph, weight)]), await constant(graph, bias)],
		{},
		name
	);
}

/** The five nodes that PyTorch exports for the exact GELU; onnxruntime makes one of them. */
export function gelu(graph: Graph, x: string): string {
	const scalar = (value: number) => graph.floats([], Float32Array.of(value));
	const erf = graph.node('Erf', [graph.node('Div', [x, scalar(Math.SQRT2)])]);
	const gate = graph.node('Mul', [x, graph.node('Add', [erf, scalar(1)])]);
	return graph.node('Mul', [gate, scalar(0.5)]);
}

/** Queries, keys and values, each (b, heads, n, size). @param shape (b, n, 3, heads, size) */
export function splitQkv(graph: Graph, qkv: string, shape: readonly number[]): [string, string, string] {
	const split = graph.node('Reshape', [qkv, graph.integers(shape)]);
	const apart = graph.node('Transpose', [split], { perm: [2, 0, 3, 1, 4] });
	const [query = '', key = '', value = ''] = graph
		.nodeWith(3, 'Split', [apart], { axis: 0 })
		.map((part) => graph.node('Squeeze', [part, graph.integers([0])]));
	return [query, key, value];
}

/** (b, heads, n, n). @param size of a head */
export function scaledScores(graph: Graph, query: string, key: string, size: number): string {
	const scaled = graph.node('Mul', [query, graph.floats([], Float32Array.of(1 / Math.sqrt(size)))]);
	return graph.node('MatMul', [scaled, graph.node('Transpose', [key], { perm: [0, 1, 3, 2] })]);
}

export async function constant(
	graph: Graph,
	parameter: Parameter,
	shape: readonly number[] = parameter.shape
): Promise<string> {
	return graph.floats(shape, (await parameter.data()) as Float32Array);
}

/** The values of a matrix, columns first. */
export async function transposed(matrix: Linear['weight']): Promise<Float32Array> {
	const [rows, columns] = matrix.shape;
	const values = await matrix.data();
	return Float32Array.from(
		{ length: rows * columns },
		(_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? NaN
	);
}
