import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { featureMaps, type ConvConfig, type ConvLayerConfig } from '../engine/conv/config';
import { Model, type CheckpointFiles } from '../engine/model';
import { asConv, convPixels, mobileNetCheckpoint, resNetCheckpoint } from '../engine/testing/conv-checkpoint';
import { receptiveField, type Span } from './receptive-field';

const CASES: readonly [string, CheckpointFiles][] = [
	['a ResNet with every kind of shortcut', resNetCheckpoint()],
	['a MobileNetV2', mobileNetCheckpoint()],
	['a MobileNetV2 with its zeros on one side', mobileNetCheckpoint({ pad_type: 'same' })],
	['the same of a picture that strides divide', mobileNetCheckpoint({ pad_type: 'same' }, [32, 64])]
];

/** The rows, or columns, of pixels that move any channel of a place when they become others, in a few ways. */
async function moving(model: Model, name: string, token: number, side: 'rows' | 'columns'): Promise<Span> {
	const [height, width] = model.config.imageSize;
	const pixels = convPixels([height, width]);
	const unit = async (input: Float32Array) => {
		const trace = await model.run(input, { taps: (tap) => tap === name });
		const { data, shape } = await trace.read(name);
		trace.dispose();
		const channels = shape[2] ?? 0;
		return data.slice(token * channels, (token + 1) * channels).join();
	};
	const plain = await unit(pixels);
	const moved: number[] = [];
	for (let line = 0; line < (side === 'rows' ? height : width); line++) {
		for (const by of [-3, 3, 40]) {
			const other = pixels.map((value, i) => {
				const at = side === 'rows' ? Math.floor(i / width) % height : i % width;
				return at === line ? value + by * Math.cos(i) : value;
			});
			if ((await unit(other)) === plain) continue;
			moved.push(line);
			break;
		}
	}
	return [moved[0] ?? NaN, moved.at(-1) ?? NaN];
}

describe.each(CASES)('%s', (_, files) => {
	beforeAll(() => useNodeBackend('wasm'));

	it('has units that move with the pixels of their fields, and with no others', { timeout: 60_000 }, async () => {
		const model = Model.load(files);
		const config = asConv(model.config);
		const ends = featureMaps(config).filter(({ name }) => /^(stem|head|.*\.out)$/.test(name));
		for (const { name, rows, columns } of [ends[2], ends.at(-1)].filter((map) => map !== undefined)) {
			const places = [
				[0, columns - 1],
				[rows - 1, Math.floor(columns / 2)]
			] as const;
			for (const place of places) {
				const field = receptiveField(config, name, place);
				const token = place[0] * columns + place[1];
				expect(await moving(model, name, token, 'rows'), `${name} ${place.join()}`).toEqual(field.rows);
				expect(await moving(model, name, token, 'columns'), `${name} ${place.join()}`).toEqual(field.columns);
			}
		}
		model.dispose();
	});
});

const layer = (name: string, kernel: number, stride: number): ConvLayerConfig => ({
	...{ name, kernel, stride, inputs: 1, outputs: 1 },
	...{ depthwise: false, bend: 'relu' }
});

beforeAll(() => useNodeBackend('wasm'));

/** MobileNetV2 as it is for 224 pixels: one block, then repeats of a stride each. */
const mobileNet = (padding: ConvConfig['padding']) => ({
	...asConv(Model.load(mobileNetCheckpoint()).config),
	imageSize: [224, 224] as const,
	padding,
	stem: [layer('conv1', 3, 2)],
	stages: [
		[[1, 1]],
		[[2, 2]],
		[[2, 3]],
		[
			[2, 4],
			[1, 3]
		],
		[[2, 3]],
		[[1, 1]]
	].map((stage) =>
		stage.flatMap(([stride = 1, count = 1]) =>
			Array.from({ length: count }, (_, i) => ({
				layers: [layer('conv1', 1, 1), layer('depthwise', 3, i === 0 ? stride : 1), layer('conv3', 1, 1)],
				shortcut: 'none' as const,
				relu: false
			}))
		)
	),
	head: layer('head', 1, 1)
});

it('is 491 pixels wide at the end of MobileNetV2, and lies where its zeros put it', () => {
	const middle = receptiveField(mobileNet('symmetric'), 'head', [3, 3]);
	expect([middle.height, middle.width, middle.rows, middle.columns]).toEqual([491, 491, [0, 223], [0, 223]]);
	expect(receptiveField(mobileNet('one-sided'), 'head', [3, 3]).width).toBe(491);
	// Three pixels at a stride of two: zeros on both sides begin at the pixel before the first.
	expect(receptiveField(mobileNet('symmetric'), 'stem', [5, 0]).rows).toEqual([9, 11]);
	expect(receptiveField(mobileNet('one-sided'), 'stem', [5, 0]).rows).toEqual([10, 12]);
});

it('is of maps that the network makes', () =>
	expect(() => receptiveField(mobileNet('symmetric'), 'stages.9.blocks.0.out', [0, 0])).toThrow(RangeError));
