import type { ViTConfig } from '../../engine/vit/config';
import type { Tap } from '../figure';

/** A linear layer's parameters: weight (in, out), row-major, and bias (out). */
export interface Layer {
	readonly weight: Float32Array;
	readonly bias: Float32Array;
}

/** The layers whose results are added to the stream, and what layer scale multiplies those with. */
const SCALES = { proj: 'layer_scale1', fc2: 'layer_scale2' } as const;
type LastLayer = keyof typeof SCALES;

/** Whether a model has layer scale. */
type Scaled = Pick<ViTConfig, 'layerScale'>;

/** The parameters that {@link lastLayer} reads. @param block its name, such as `blocks.3` */
export function lastLayerNames({ layerScale }: Scaled, block: string, layer: LastLayer): string[] {
	const name = `parameters.${block}`;
	return [`${name}.${layer}.weight`, `${name}.${layer}.bias`, ...(layerScale ? [`${name}.${SCALES[layer]}`] : [])];
}

/**
 * The last layer of a block's attention or feed-forward part, with layer scale multiplied into it where a model has one:
 * `s (x W + b) = x (W s) + b s`, s being a factor for each feature.
 */
export function lastLayer(tap: Tap, config: Scaled, block: string, layer: LastLayer): Layer {
	const [weight, bias, scale] = lastLayerNames(config, block, layer).map((name) => tap(name).data);
	if (!weight || !bias) throw new Error(`'${block}' has no layer '${layer}'.`);
	if (!scale) return { weight, bias };
	const scaled = (value: number, i: number) => value * (scale[i % scale.length] ?? NaN);
	return { weight: weight.map(scaled), bias: bias.map(scaled) };
}
