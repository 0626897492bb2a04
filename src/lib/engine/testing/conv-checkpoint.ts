import type { TensorToWrite } from '../checkpoint/safetensors';
import type { ConvConfig } from '../conv/config';
import type { ModelConfig } from '../families';
import type { CheckpointFiles } from '../model';
import { fileOf, random } from './checkpoint';

/** Of the made-up pictures: nothing divides them. */
export const CONV_IMAGE: Image = [37, 50];
type Image = readonly [height: number, width: number];
const CLASSES = 5;

/** Makes the tensors of made-up CNNs under timm's names, each convolution with its norm. */
class Maker {
	readonly tensors: TensorToWrite[] = [];
	readonly #next = random(5);

	conv(conv: string, norm: string, outputs: number, inputs: number, kernel: number): void {
		this.#add(`${conv}.weight`, [outputs, inputs, kernel, kernel], 1 / Math.sqrt(inputs * kernel));
		this.#add(`${norm}.weight`, [outputs], 0.3, 1);
		this.#add(`${norm}.bias`, [outputs], 0.4, 0.2);
		this.#add(`${norm}.running_mean`, [outputs], 0.3);
		this.#add(`${norm}.running_var`, [outputs], 0.4, 0.7);
	}

	layer(name: string, outputs: number, inputs: number): void {
		this.#add(`${name}.weight`, [outputs, inputs], 0.5);
		this.#add(`${name}.bias`, [outputs], 0.5);
	}

	#add(name: string, shape: number[], scale: number, around = 0): void {
		const length = shape.reduce((product, side) => product * side, 1);
		this.tensors.push({ name, shape, data: Float32Array.from({ length }, () => around + scale * this.#next()) });
	}
}

/** A deep stem; two basic blocks, and a bottleneck whose shortcut takes the mean of 2 x 2 places. */
export function resNetTensors(): TensorToWrite[] {
	const make = new Maker();
	make.conv('conv1.0', 'conv1.1', 3, 3, 3);
	make.conv('conv1.3', 'conv1.4', 4, 3, 3);
	make.conv('conv1.6', 'bn1', 6, 4, 3);
	make.conv('layer1.0.conv1', 'layer1.0.bn1', 6, 6, 3);
	make.conv('layer1.0.conv2', 'layer1.0.bn2', 6, 6, 3);
	make.conv('layer2.0.conv1', 'layer2.0.bn1', 7, 6, 3);
	make.conv('layer2.0.conv2', 'layer2.0.bn2', 7, 7, 3);
	make.conv('layer2.0.downsample.0', 'layer2.0.downsample.1', 7, 6, 1);
	make.conv('layer3.0.conv1', 'layer3.0.bn1', 3, 7, 1);
	make.conv('layer3.0.conv2', 'layer3.0.bn2', 3, 3, 3);
	make.conv('layer3.0.conv3', 'layer3.0.bn3', 9, 3, 1);
	make.conv('layer3.0.downsample.1', 'layer3.0.downsample.2', 9, 7, 1);
	make.layer('fc', CLASSES, 9);
	return make.tensors;
}

/** Widths of the stages, which have one block each but for the second. */
const WIDTHS = [2, 3, 4, 4, 5, 6, 7];

export function mobileNetTensors(): TensorToWrite[] {
	const make = new Maker();
	make.conv('conv_stem', 'bn1', 4, 3, 3);
	make.conv('blocks.0.0.conv_dw', 'blocks.0.0.bn1', 4, 1, 3);
	make.conv('blocks.0.0.conv_pw', 'blocks.0.0.bn2', 2, 4, 1);
	let before = 2;
	for (const [s, width] of WIDTHS.entries()) {
		if (s === 0) continue;
		for (const block of s === 1 ? [0, 1] : [0]) {
			const [stem, hidden] = [`blocks.${s}.${block}`, 2 * before];
			make.conv(`${stem}.conv_pw`, `${stem}.bn1`, hidden, before, 1);
			make.conv(`${stem}.conv_dw`, `${stem}.bn2`, hidden, 1, 3);
			make.conv(`${stem}.conv_pwl`, `${stem}.bn3`, width, hidden, 1);
			before = width;
		}
	}
	make.conv('conv_head', 'bn2', 11, before, 1);
	make.layer('classifier', CLASSES, 11);
	return make.tensors;
}

export function convConfig(
	architecture: string,
	args: object = {},
	image: Image = CONV_IMAGE
): Record<string, unknown> {
	return {
		architecture,
		num_classes: CLASSES,
		model_args: { num_classes: CLASSES, ...args },
		pretrained_cfg: { input_size: [3, ...image], interpolation: 'bicubic', crop_pct: 0.9 }
	};
}

export function resNetCheckpoint(image = CONV_IMAGE): CheckpointFiles {
	return { config: convConfig('resnet26t', {}, image), preprocessor: null, weights: fileOf(resNetTensors()) };
}

export function mobileNetCheckpoint(args: object = {}, image = CONV_IMAGE): CheckpointFiles {
	return {
		config: convConfig('mobilenetv2_035', args, image),
		preprocessor: null,
		weights: fileOf(mobileNetTensors())
	};
}

/** A made-up input: (1, 3, height, width). */
export function convPixels([height, width] = CONV_IMAGE): Float32Array {
	const next = random(17);
	return Float32Array.from({ length: 3 * height * width }, next);
}

/** The configuration of a CNN. @throws for another model's */
export function asConv(config: ModelConfig): ConvConfig {
	if ('stemPool' in config) return config;
	throw new Error('This is no CNN.');
}
