import { asViT } from '../../src/lib/engine/families';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useNodeBackend } from '../../src/lib/engine/backends/node.ts';
import { floatsToHalves } from '../../src/lib/engine/checkpoint/half.ts';
import type { ModelConfig } from '../../src/lib/engine/families.ts';
import { sizeOfAll } from '../../src/lib/engine/checkpoint/bytes.ts';
import { Model } from '../../src/lib/engine/model.ts';
import { preprocess } from '../../src/lib/engine/preprocess.ts';
import type { TapData } from '../../src/lib/engine/tap.ts';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import type { RecordedRun } from '../../src/lib/lesson/recorded.ts';
import { sha256 } from '../../src/lib/models/checksum.ts';
import { WEIGHTS_FILE } from '../../src/lib/models/files.ts';
import { classNames } from '../../src/lib/models/labels.ts';
import { parseSamples, type Sample } from '../../src/lib/photo/manifest.ts';
import { topClasses } from '../../src/lib/worker/top-classes.ts';
import { readBytes, readCheckpoint } from './checkpoint.ts';
import { decodeFile } from './decode.ts';

/** The model whose run is recorded: the one that every copy of the site has. */
const RECORDED_MODEL = 'patchwork-t';
const SEEN_FILE = 'seen.rgb';

/** A recording before it is written: `run.json`'s content, and the other files by name. */
export interface MadeRecording {
	readonly about: RecordedRun;
	readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Runs the bundled model on the first sample photo, as the page would, and keeps the named taps and parameters.
 * @param folder the site's static files
 * @param choose gives the names, once the model's sizes are known
 * @throws PatchworkError for a name that the model does not have, or a number that half precision cannot hold
 */
export async function makeRecording(
	folder: string,
	choose: (config: ModelConfig) => Promise<readonly string[]>
): Promise<MadeRecording> {
	await useNodeBackend('wasm');
	const modelFolder = join(folder, 'models', RECORDED_MODEL);
	const { files: checkpoint, labels } = await readCheckpoint(modelFolder);
	const sample = await firstSample(folder);
	const model = Model.load(checkpoint);
	const config = asViT(model.config);
	const { pixelValues, seen, crop } = preprocess(await decodeFile(join(folder, sample.file)), config.preprocess, null);
	const names = await choose(config);
	const kept = new Set([...names, 'probabilities']);
	const trace = await model.run(pixelValues, { taps: (name) => kept.has(name) });
	const taps = await Promise.all(names.map((name) => model.read(trace, name)));
	const { data: probabilities } = await trace.read('probabilities');
	trace.dispose();
	model.dispose();
	const { id, title, alt, file } = sample;
	const { parameters } = model;
	const about: RecordedRun = {
		model: { id: RECORDED_MODEL, config, labels, parameters, bytes: sizeOfAll(checkpoint.weights), notice: null },
		weightsSha256: await checksum(join(modelFolder, WEIGHTS_FILE)),
		photoSha256: await checksum(join(folder, file)),
		sample: { id, title, alt, file },
		crop,
		top: topClasses(probabilities, config.scores, classNames(labels, probabilities.length)),
		seen: { width: seen.width, height: seen.height, file: SEEN_FILE },
		taps: taps.map(({ name, shape, axes }) => ({ name, shape, axes, file: fileOf(name) }))
	};
	return { about, files: new Map([[SEEN_FILE, rgbOf(seen.data)], ...taps.map(tapFile)]) };
}

async function firstSample(folder: string): Promise<Sample> {
	const [sample] = parseSamples(JSON.parse(await readFile(join(folder, 'samples/samples.json'), 'utf8')));
	if (!sample) throw new PatchworkError('photo', 'There is no sample photo to record a run on.');
	return sample;
}

async function checksum(path: string): Promise<string> {
	const sum = await sha256(await readBytes(path));
	if (sum === null) throw new PatchworkError('request', 'This Node has no cryptography to fingerprint files with.');
	return sum;
}

const fileOf = (tap: string) => `${tap}.f16`;

function tapFile({ name, data }: TapData): [file: string, bytes: Uint8Array] {
	const halves = floatsToHalves(data);
	// 0x7c00 is infinity, of either sign.
	if (halves.some((half) => (half & 0x7fff) >= 0x7c00)) {
		throw new PatchworkError('request', `The tap ${name} has numbers that half precision cannot hold.`);
	}
	return [fileOf(name), new Uint8Array(halves.buffer)];
}

/** Opaque RGBA without its alpha. */
function rgbOf(rgba: Uint8ClampedArray): Uint8Array {
	const rgb = new Uint8Array((rgba.length / 4) * 3);
	for (let i = 0; i < rgba.length / 4; i++) rgb.set(rgba.subarray(4 * i, 4 * i + 3), 3 * i);
	return rgb;
}
