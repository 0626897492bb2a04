import { Message } from './protobuf';

/** An attribute of a node: a list of integers, or one number, which `float` marks as such. */
export type Attribute = number | readonly number[] | { readonly float: number };

/** Field numbers and codes of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
const MODEL = { irVersion: 1, producer: 2, graph: 7, opsets: 8 };
const OPSET = { version: 2 };
const GRAPH = { nodes: 1, name: 2, initializers: 5, inputs: 11, outputs: 12 };
const NODE = { inputs: 1, outputs: 2, name: 3, op: 4, attributes: 5 };
const ATTRIBUTE = { name: 1, float: 2, int: 3, ints: 8, type: 20 };
const ATTRIBUTE_TYPE = { float: 1, int: 2, ints: 7 };
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 };
const VALUE = { name: 1, type: 2 };
const ELEMENT_TYPE = { float: 1, int64: 7 };

const IR_VERSION = 8;
/** Layer normalisation is an operator since 17. */
const OPSET_VERSION = 17;

/** An ONNX graph under construction. Values are called by name, as in ONNX itself. */
export class Graph {
	readonly #graph = new Message().text(GRAPH.name, 'vit');
	#count = 0;

	input(name: string, shape: readonly number[]): string {
		this.#graph.message(GRAPH.inputs, valueInfo(name, shape));
		return name;
	}

	output(name: string, shape: readonly number[]): void {
		this.#graph.message(GRAPH.outputs, valueInfo(name, shape));
	}

	/** Weights, or any other constant. */
	floats(shape: readonly number[], data: Float32Array): string {
		return this.#constant(shape, ELEMENT_TYPE.float, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
	}

	integers(values: readonly number[]): string {
		const data = BigInt64Array.from(values, BigInt);
		return this.#constant([values.length], ELEMENT_TYPE.int64, new Uint8Array(data.buffer));
	}

	/** A node with one result. @param name the result's, where it is to be an output */
	node(op: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}, name = this.#name()): string {
		this.#node(op, inputs, [name], attributes);
		return name;
	}

	/** A node with several results. */
	nodeWith(count: number, op: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string[] {
		const names = Array.from({ length: count }, () => this.#name());
		this.#node(op, inputs, names, attributes);
		return names;
	}

	/** The whole model's file. */
	encode(): Uint8Array {
		return new Message()
			.number(MODEL.irVersion, IR_VERSION)
			.text(MODEL.producer, 'patchwork bench')
			.message(MODEL.graph, this.#graph)
			.message(MODEL.opsets, new Message().number(OPSET.version, OPSET_VERSION))
			.encode();
	}

	#name(): string {
		return `v${this.#count++}`;
	}

	#constant(shape: readonly number[], type: number, raw: Uint8Array): string {
		const name = this.#name();
		const tensor = new Message();
		for (const side of shape) tensor.number(TENSOR.dims, side);
		tensor.number(TENSOR.type, type).text(TENSOR.name, name).bytes(TENSOR.raw, raw);
		this.#graph.message(GRAPH.initializers, tensor);
		return name;
	}

	#node(
		op: string,
		inputs: readonly string[],
		outputs: readonly string[],
		attributes: Record<string, Attribute>
	): void {
		const node = new Message();
		for (const name of inputs) node.text(NODE.inputs, name);
		for (const name of outputs) node.text(NODE.outputs, name);
		node.text(NODE.name, `${op} ${outputs[0]}`).text(NODE.op, op);
		for (const [name, value] of Object.entries(attributes)) node.message(NODE.attributes, attribute(name, value));
		this.#graph.message(GRAPH.nodes, node);
	}
}

function attribute(name: string, value: Attribute): Message {
	const message = new Message().text(ATTRIBUTE.name, name);
	if (typeof value === 'number') {
		return message.number(ATTRIBUTE.int, value).number(ATTRIBUTE.type, ATTRIBUTE_TYPE.int);
	}
	if ('float' in value) {
		return message.float(ATTRIBUTE.float, value.float).number(ATTRIBUTE.type, ATTRIBUTE_TYPE.float);
	}
	for (const one of value) message.number(ATTRIBUTE.ints, one);
	return message.number(ATTRIBUTE.type, ATTRIBUTE_TYPE.ints);
}

/** A float tensor's name and shape: ValueInfo { name, type: Type { tensor: { element type, shape: { dims } } } }. */
function valueInfo(name: string, shape: readonly number[]): Message {
	const dims = new Message();
	for (const side of shape) dims.message(1, new Message().number(1, side));
	const tensor = new Message().number(1, ELEMENT_TYPE.float).message(2, dims);
	return new Message().text(VALUE.name, name).message(VALUE.type, new Message().message(1, tensor));
}
