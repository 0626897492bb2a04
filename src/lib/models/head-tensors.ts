import { toFloat32, type StoredTensor, type TensorToWrite } from '../engine/checkpoint/safetensors';
import type { HeadPlace } from '../engine/reader';

/** A softmax layer that the reader trained, on the vectors that stand for pictures. */
export interface OwnHead {
	/** (classes, width), as PyTorch stores a linear layer. */
	readonly weight: Float32Array;
	/** (classes) */
	readonly bias: Float32Array;
	/** One a class, each different from every other. */
	readonly labels: readonly string[];
}

/** A linear map in plain numbers. */
interface Layer {
	readonly weight: Float32Array<ArrayBuffer>;
	readonly bias: Float32Array<ArrayBuffer>;
}

type Written = TensorToWrite<Float32Array<ArrayBuffer>>;

/**
 * The head's tensors as they are written in its place.
 * @param plain the tensors that are there, by the names that the model gives them
 */
export function headTensors(
	{ layer, inputs, second, through }: HeadPlace,
	{ weight, bias, labels }: OwnHead,
	plain: ReadonlyMap<string, StoredTensor>
): Written[] {
	const classes = labels.length;
	const own = { weight: Float32Array.from(weight), bias: Float32Array.from(bias) };
	const present = through ? layerIn(plain, layer.weight[0] ?? '', layer.bias[0] ?? '') : null;
	const first = widened(present ? behind(present, own, inputs) : own, classes, inputs);
	if (!second) return tensorsOf(layer, first, inputs);
	// The mean of twice the one and nothing of the other is the one.
	const doubled = { weight: first.weight.map((one) => 2 * one), bias: first.bias.map((one) => 2 * one) };
	const nothing = { weight: new Float32Array(first.weight.length), bias: new Float32Array(classes) };
	return [...tensorsOf(layer, doubled, inputs), ...tensorsOf(second, nothing, inputs)];
}

function layerIn(plain: ReadonlyMap<string, StoredTensor>, weight: string, bias: string): Layer | null {
	const [matrix, offsets] = [plain.get(weight), plain.get(bias)];
	if (!matrix) return null;
	const rows = matrix.shape[0] ?? 0;
	const numbers = (tensor: StoredTensor) => Float32Array.from(toFloat32(tensor));
	return { weight: numbers(matrix), bias: offsets ? numbers(offsets) : new Float32Array(rows) };
}

/** One layer that does what two do, one after the other. @param inputs what the first reads */
function behind(first: Layer, then: Layer, inputs: number): Layer {
	const middle = first.bias.length;
	const [weight, bias] = [new Float32Array(then.bias.length * inputs), Float32Array.from(then.bias)];
	for (let k = 0; k < then.bias.length; k++) {
		const sums = new Float64Array(inputs);
		let offset = then.bias[k] ?? 0;
		for (let m = 0; m < middle; m++) {
			const factor = then.weight[k * middle + m] ?? 0;
			offset += factor * (first.bias[m] ?? 0);
			for (let i = 0; i < inputs; i++) sums[i] = (sums[i] ?? 0) + factor * (first.weight[m * inputs + i] ?? 0);
		}
		weight.set(sums, k * inputs);
		bias[k] = offset;
	}
	return { weight, bias };
}

/** The same layer, with zeros for what it is to read and has nothing to say of. */
function widened({ weight, bias }: Layer, classes: number, inputs: number): Layer {
	const width = weight.length / classes;
	if (width === inputs) return { weight, bias };
	const wide = new Float32Array(classes * inputs);
	for (let k = 0; k < classes; k++) wide.set(weight.subarray(k * width, (k + 1) * width), k * inputs);
	return { weight: wide, bias };
}

function tensorsOf(names: HeadPlace['layer'], { weight, bias }: Layer, inputs: number): Written[] {
	const classes = bias.length;
	return [
		...names.weight.map((name) => ({ name, shape: [classes, inputs], data: weight })),
		...names.bias.map((name) => ({ name, shape: [classes], data: bias }))
	];
}
