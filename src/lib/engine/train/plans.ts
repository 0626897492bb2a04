import { PatchworkError } from '../../base/errors';
import { parameterSpecs } from '../families';
import { pixelsAPlace, type ConvBlockConfig, type ConvConfig, type ConvLayerConfig } from '../conv/config';
import type { TapSpec } from '../tap';
import { PLAIN_VIT, type LeftOut, type ViTConfig } from '../vit/config';
import { wholePhoto } from '../whole-photo';
import type { CnnPlan, GrownConfig, NetworkPlan, Teacher, TrainingState, ViTPlan } from './contract';
import { byKind } from './kinds';

/* From a plan to the engine's own configuration of its family, and to the parameters that it has. */

/** @throws PatchworkError `request` for a plan that no network can be made of, with what to change */
export function configOf(plan: NetworkPlan): GrownConfig {
	return byKind<GrownConfig>(plan, { vit: vitConfig, cnn: cnnConfig });
}

/** Bytes become -1 to 1. */
const preprocessOf = (size: number) => ({
	...wholePhoto([size, size]),
	mean: [0.5, 0.5, 0.5] as const,
	std: [0.5, 0.5, 0.5] as const
});

const commonOf = ({ size, classes }: NetworkPlan) => ({
	imageSize: [size, size] as const,
	channels: 3,
	layerNormEps: 1e-6,
	gelu: 'erf' as const,
	classes,
	scores: 'softmax' as const,
	preprocess: preprocessOf(size)
});

export function vitConfig(plan: ViTPlan): ViTConfig {
	const { size, patch, dim, depth, heads, mlpRatio, pooling, distilled } = plan;
	demand(
		size % patch === 0,
		`Patches of ${patch} px don’t divide a picture of ${size} px; choose a size that they do.`
	);
	demand(dim % heads === 0, `${heads} heads don’t divide ${dim} features; choose a number that does.`);
	demand(
		!distilled || pooling === 'cls',
		'A distillation token stands beside CLS, which a network that reads the mean has not; choose CLS.'
	);
	const side = size / patch;
	const cls = pooling === 'cls';
	const left: LeftOut[] = [
		...(plan.residuals ? [] : ['residuals' as const]),
		...(plan.norms ? [] : ['norms' as const])
	];
	return {
		...PLAIN_VIT,
		...commonOf(plan),
		family: 'vit',
		patchSize: patch,
		...{ depth, heads, dim, cls, pooling, distilled },
		mlpDim: Math.round(dim * mlpRatio),
		qkvBias: true,
		distillationHead: distilled,
		finalNorm: plan.norms ? 'tokens' : 'none',
		positions: { grid: [side, side], prefix: Number(cls) + Number(distilled), resampling: 'plain' },
		...(left.length > 0 && { without: left })
	};
}

export function cnnConfig(plan: CnnPlan): ConvConfig {
	const [first = 0] = plan.widths;
	demand(first > 0, 'A CNN needs at least one stage; give the channels of each.');
	const stem = [layer('conv', 3, first, 2, 'relu')];
	const stages = plan.widths.map((width, i) => [basicBlock(plan.widths[i - 1] ?? width, width, i === 0 ? 1 : 2)]);
	const patchSize = pixelsAPlace({ stem, stemPool: false, stages });
	demand(
		patchSize <= plan.size,
		`A picture of ${plan.size} px can’t be halved ${plan.widths.length} times; leave out a stage.`
	);
	return {
		...commonOf(plan),
		family: 'conv',
		padding: 'symmetric',
		stem,
		stemPool: false,
		stages,
		head: null,
		patchSize
	};
}

const layer = (
	name: string,
	inputs: number,
	outputs: number,
	stride: number,
	bend: ConvLayerConfig['bend'],
	kernel = 3
): ConvLayerConfig => ({ name, inputs, outputs, kernel, stride, depthwise: false, bend });

/** The basic block of He et al. 2016 (arXiv 1512.03385, figure 5, left), its norms left out. */
function basicBlock(inputs: number, outputs: number, stride: number): ConvBlockConfig {
	const layers = [layer('conv1', inputs, outputs, stride, 'relu'), layer('conv2', outputs, outputs, 1, null)];
	const isSame = inputs === outputs && stride === 1;
	const beside = { layer: layer('shortcut', inputs, outputs, stride, null, 1), mean: 1 };
	return { layers, shortcut: isSame ? 'identity' : beside, relu: true };
}

function demand(holds: boolean, sentence: string): void {
	if (!holds) throw new PatchworkError('request', sentence);
}

/** The parameters of a plan's network that learn. Without positions they are there, and stay zeros. */
export function learned(plan: NetworkPlan): TapSpec[] {
	const specs = parameterSpecs(configOf(plan));
	const frozen = byKind(plan, { vit: ({ positions }) => !positions, cnn: () => false });
	return specs.filter(({ name }) => !frozen || name !== 'parameters.pos_embed');
}

/** How many numbers learn. */
export function learnedCount(plan: NetworkPlan): number {
	return learned(plan).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** Whether a network learns from a teacher, through a token of its own. */
export const isDistilled = (plan: NetworkPlan): boolean =>
	byKind(plan, { vit: ({ distilled }) => distilled, cnn: () => false });

/** A network that can teach as far as it has learned: a CNN; null for another. */
export const teacherOf = ({ plan, parameters }: TrainingState): Teacher | null =>
	byKind<Teacher | null>(plan, { vit: () => null, cnn: (own) => ({ plan: own, parameters }) });
