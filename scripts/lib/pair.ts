import { join } from 'node:path';
import { attentionDistance, attentionOf } from '../../src/lib/analysis/attention.ts';
import { blockOutputs } from '../../src/lib/analysis/block-means.ts';
import { effectiveField, fieldDistance, shareIn, sideOfHalf } from '../../src/lib/analysis/effective-field.ts';
import { alignment, Insides, insideTaps, type Carried } from '../../src/lib/analysis/insides.ts';
import { pictureVector, pictureVectorTap } from '../../src/lib/analysis/picture-vector.ts';
import { rankCorrelation } from '../../src/lib/analysis/rank-correlation.ts';
import { receptiveField } from '../../src/lib/analysis/receptive-field.ts';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { featureMaps, lastMap } from '../../src/lib/engine/conv/config.ts';
import { hasMaps, transformerBlocks } from '../../src/lib/engine/families.ts';
import type { Model } from '../../src/lib/engine/model.ts';
import { preprocess } from '../../src/lib/engine/preprocess.ts';
import type { TapData } from '../../src/lib/engine/tap.ts';
import type { Trace } from '../../src/lib/engine/trace.ts';
import type { FieldRecord, InsidesRecord } from '../../src/lib/figures/cnn/measured.ts';
import { inputOf, pixelsOf, type Pixels } from '../../src/lib/photo/changes/pixels.ts';
import { decodeFile } from './decode.ts';
import type { NamedSet } from './evaluation.ts';
import { plainViT } from './trials.ts';

/** The side of the square that hides something, in pixels, and how many photos lie from one occlusion map to the next. */
const SQUARE = 32;
const EVERY = 5;

/** What is gathered of one network, photo by photo. */
interface Features {
	readonly insides: Insides;
	readonly pictures: Float32Array[];
	readonly firsts: number[];
}

/** What one photo is to the network. */
interface Look {
	readonly model: Model;
	readonly pixels: Pixels;
}

/** How two networks see the same photos, from the inside: all that the page says of it that is no accuracy. */
export async function insidesOf(
	cnn: Model,
	vit: Model,
	sets: readonly NamedSet[],
	progress: (done: number, of: number) => void
): Promise<Omit<InsidesRecord, 'date' | 'command' | 'names'>> {
	const paths = sets.flatMap(({ folder, set }) => set.photos.map(({ file }) => join(folder, file)));
	const [ofCnn, ofViT] = [cnn, vit].map(emptyFeatures) as [Features, Features];
	const config = plainViT(vit.config, 'This comparison');
	const patterns = transformerBlocks(config).map(({ stem }) => `${stem}.attn.pattern`);
	const distances = patterns.map(() => Array.from({ length: config.heads }, () => 0));
	const correlations: number[] = [];
	for (const [i, path] of paths.entries()) {
		const source = await decodeFile(path);
		const looks = [cnn, vit].map((model): Look => ({
			model,
			pixels: pixelsOf(preprocess(source, model.config.preprocess, null).seen)
		}));
		const [a, b] = looks as [Look, Look];
		await gather(a, ofCnn, []);
		await gather(b, ofViT, patterns, async (trace) => {
			for (const [block, name] of patterns.entries()) {
				const attention = attentionOf(await trace.read(name), config);
				const row = distances[block] ?? [];
				for (let head = 0; head < row.length; head++)
					row[head] = (row[head] ?? 0) + attentionDistance(attention, head) / paths.length;
			}
		});
		if (i % EVERY === 0) correlations.push(rankCorrelation(await occluded(a, ofCnn), await occluded(b, ofViT)));
		progress(i + 1, paths.length);
	}
	return {
		photos: paths.length,
		same: ofCnn.firsts.filter((first, i) => first === ofViT.firsts[i]).length / paths.length,
		cnn: blockOutputs(cnn.config),
		vit: blockOutputs(vit.config),
		cka: (await alignment([...ofCnn.insides.blocks, ...ofViT.insides.blocks])).map((row) => row.map(thousandths)),
		ends: thousandths((await alignment([ofCnn.pictures, ofViT.pictures]))[0]?.[1] ?? NaN),
		occlusion: { photos: correlations.length, correlation: mean(correlations) },
		fields: await fieldsOf(cnn, paths),
		shortcuts: { cnn: shortcuts(ofCnn), vit: shortcuts(ofViT) },
		distances: distances.map((row) => row.map((value) => Math.round(10 * value) / 10))
	};
}

/** How many photos lie from one effective field to the next, and the middle part of the photo that is asked for, in pixels. */
const FIELD_EVERY = 10;
const MIDDLE = 112;

/** Of the unit in the middle behind each part of a CNN: what it can see, and what it uses, over some of the photos. */
async function fieldsOf(model: Model, paths: readonly string[]): Promise<FieldRecord[]> {
	const { config } = model;
	if (!hasMaps(config)) throw new PatchworkError('request', 'Receptive fields are those of a CNN: give one as --cnn.');
	const maps = featureMaps(config);
	const names = [...blockOutputs(config), lastMap(config).name];
	const units = names.map((name) => {
		const { rows = 1, columns = 1 } = maps.find((map) => map.name === name) ?? {};
		const place = [Math.floor((rows - 1) / 2), Math.floor((columns - 1) / 2)] as const;
		return { name, rows, columns, place, token: place[0] * columns + place[1] };
	});
	const [height, width] = config.imageSize;
	const sums = units.map(() => new Float32Array(height * width));
	for (const path of paths.filter((_, i) => i % FIELD_EVERY === 0)) {
		const { pixelValues } = preprocess(await decodeFile(path), config.preprocess, null);
		const trace = await model.run(pixelValues);
		for (const [i, { name, token }] of units.entries()) {
			const gradients = await model.gradients(trace, { from: name, token, names: ['pixel_values'] });
			effectiveField(await gradients.read('pixel_values')).forEach((value, pixel) => {
				const sum = sums[i];
				if (sum) sum[pixel] = (sum[pixel] ?? 0) + value;
			});
			gradients.dispose();
		}
		trace.dispose();
	}
	const middle = [(height - MIDDLE) / 2, (height + MIDDLE) / 2 - 1] as const;
	return units.map(({ name, rows, columns, place }, i): FieldRecord => {
		const field = sums[i] ?? new Float32Array();
		const centre = [((place[0] + 0.5) * height) / rows, ((place[1] + 0.5) * width) / columns] as const;
		const theoretical = receptiveField(config, name, place);
		return {
			name,
			side: theoretical.width,
			depth: (i + 1) / units.length,
			distance: Number(fieldDistance(field, width, centre).toFixed(1)),
			half: sideOfHalf(field, width, centre),
			middle: Number(shareIn(field, width, middle, middle).toFixed(3))
		};
	});
}

const thousandths = (value: number) => Number(value.toFixed(3));

/** In three digits. */
function shortcuts({ insides }: Features): Carried[] {
	const digits = (value: number) => Number(value.toPrecision(3));
	return insides.shortcuts().map((one) => ({
		...one,
		places: digits(one.places),
		cls: one.cls === null ? null : digits(one.cls)
	}));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const emptyFeatures = ({ config }: Model): Features => ({ insides: new Insides(config), pictures: [], firsts: [] });

/** One photo's run. @param names what else is read of it */
async function gather(
	{ model, pixels }: Look,
	{ insides, pictures, firsts }: Features,
	names: readonly string[],
	read: (trace: Trace) => Promise<void> = async () => undefined
): Promise<void> {
	const { config } = model;
	const inside = insideTaps(config);
	const wanted = new Set([...inside, ...names, pictureVectorTap(config), 'logits']);
	const trace = await model.run(inputOf(pixels, config.preprocess), { taps: (name) => wanted.has(name) });
	const taps = new Map<string, TapData>();
	for (const name of inside) taps.set(name, await trace.read(name));
	insides.add((name) => taps.get(name) ?? unread(name));
	pictures.push(pictureVector(await trace.read(pictureVectorTap(config)), config));
	firsts.push(largest((await trace.read('logits')).data));
	await read(trace);
	trace.dispose();
}

function unread(name: string): never {
	throw new Error(`The run lacks '${name}', which was asked for.`);
}

const largest = (values: Float32Array) => values.indexOf(values.reduce((a, b) => Math.max(a, b), -Infinity));

/** By how much the logit of the photo's first class is larger than with each square of it grey, row by row. */
async function occluded({ model, pixels }: Look, { firsts }: Features): Promise<Float32Array> {
	const first = firsts.at(-1) ?? 0;
	const logit = async (shown: Pixels) => {
		const trace = await model.run(inputOf(shown, model.config.preprocess), { taps: (name) => name === 'logits' });
		const { data } = await trace.read('logits');
		trace.dispose();
		return data[first] ?? NaN;
	};
	const whole = await logit(pixels);
	const across = pixels.width / SQUARE;
	const drops = new Float32Array(across * (pixels.height / SQUARE));
	for (let square = 0; square < drops.length; square++)
		drops[square] = whole - (await logit(hidden(pixels, Math.floor(square / across), square % across)));
	return drops;
}

/** The picture with one square of it middle grey. */
function hidden({ data, width, height }: Pixels, row: number, column: number): Pixels {
	const out = data.slice();
	for (let channel = 0; channel < 3; channel++)
		for (let y = row * SQUARE; y < (row + 1) * SQUARE; y++) {
			const start = (channel * height + y) * width + column * SQUARE;
			out.fill(0, start, start + SQUARE);
		}
	return { data: out, width, height };
}
