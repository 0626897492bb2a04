import { patchGrid } from '../../../../src/lib/engine/config';
import { tokenCount, type ViTConfig } from '../../../../src/lib/engine/vit/config';
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
import type { PlainWeights } from './weights';

type BlockWeights = PlainWeights['blocks'][number];

/** Builds one model's graph; holds what its parts share. */
interface Builder {
	readonly graph: Graph;
	readonly config: ViTConfig;
	readonly n: number;
}

/**
 * The same network as an ONNX file, as the usual exports from PyTorch write it: a convolution for the patches, fused
 * query, key and value, layer normalisation as one operator, GELU by erf. Outputs: logits, and the attention weights
 * of every block.
 */
export async function onnxVit(config: ViTConfig, weights: PlainWeights): Promise<Uint8Array> {
	const graph = new Graph();
	const builder = { graph, config, n: tokenCount(config) };
	let x = await embed(builder, weights);
	for (const [i, block] of weights.blocks.entries()) x = await encoderBlock(builder, block, x, i);
	await classify(builder, weights, x);
	return graph.encode();
}

async function embed({ graph, config, n }: Builder, weights: PlainWeights): Promise<string> {
	const { channels, dim, patchSize: p, imageSize } = config;
	const { rows, columns } = patchGrid(config);
	const pixels = graph.input(INPUT, [1, channels, ...imageSize]);
	const filters = graph.floats([dim, channels, p, p], await transposed(weights.patchEmbed.weight));
	const inputs = [pixels, filters];
	if (weights.patchEmbed.bias) inputs.push(await constant(graph, weights.patchEmbed.bias));
	const patches = graph.node('Conv', inputs, { kernel_shape: [p, p], strides: [p, p] });
	const flat = graph.node('Reshape', [patches, graph.integers([1, dim, rows * columns])]);
	const tokens = graph.node('Transpose', [flat], { perm: [0, 2, 1] });
	const cls = await constant(graph, weights.clsToken, [1, 1, dim]);
	const sequence = graph.node('Concat', [cls, tokens], { axis: 1 });
	return graph.node('Add', [sequence, await constant(graph, weights.posEmbed, [1, n, dim])]);
}

async function encoderBlock(builder: Builder, weights: BlockWeights, x: string, index: number): Promise<string> {
	const { graph, config } = builder;
	const norm1 = await layerNorm(graph, weights.norm1, x, config.layerNormEps);
	const attended = await attention(builder, weights, norm1, index);
	const residual = graph.node('Add', [x, attended]);
	const norm2 = await layerNorm(graph, weights.norm2, residual, config.layerNormEps);
	const hidden = await linear(graph, weights.fc1, norm2);
	const mlp = await linear(graph, weights.fc2, gelu(graph, hidden));
	const out = graph.node('Add', [residual, mlp]);
	graph.output(attentionName(index), [1, config.heads, builder.n, builder.n]);
	return out;
}

async function attention(builder: Builder, weights: BlockWeights, x: string, index: number): Promise<string> {
	const { graph, n, config } = builder;
	const { heads, dim } = config;
	const qkv = await linear(graph, weights.qkv, x);
	const [query, key, value] = splitQkv(graph, qkv, [1, n, 3, heads, dim / heads]);
	const scores = scaledScores(graph, query, key, dim / heads);
	const pattern = graph.node('Softmax', [scores], { axis: 3 }, attentionName(index));
	const context = graph.node('Transpose', [graph.node('MatMul', [pattern, value])], { perm: [0, 2, 1, 3] });
	return linear(graph, weights.proj, graph.node('Reshape', [context, graph.integers([1, n, dim])]));
}

async function classify(builder: Builder, weights: PlainWeights, x: string): Promise<void> {
	const { graph, config } = builder;
	if (!weights.head) throw new Error('The bench compares logits, and this checkpoint has no head.');
	const norm = await layerNorm(graph, weights.norm, x, config.layerNormEps);
	const cls = graph.node('Reshape', [
		graph.node('Slice', [norm, graph.integers([0]), graph.integers([1]), graph.integers([1])]),
		graph.integers([1, config.dim])
	]);
	await linear(graph, weights.head, cls, LOGITS);
	graph.output(LOGITS, [1, config.classes]);
}
