import { halvesToFloats } from '../engine/checkpoint/half';
import type { TapData, TapSpec } from '../engine/tap';
import { PatchworkError, toPatchworkError } from '../base/errors';
import { isRecord } from '../base/json';
import { classNames } from '../models/labels';
import type { Picture } from '../run/shown';
import type { Prediction } from '../worker/protocol';
import type { ViTModel } from '../models/loaded-model';
import type { Crop } from '../engine/crop';
import type { FigureRun } from '../figures/figure';

/** The folder of the recording, relative to the site's root, and the file in it that says what there is. */
export const RECORDED_FOLDER = 'recorded/';
export const RUN_FILE = 'run.json';
/** The part of the photo that the model saw, small, for the front page, which shows it before any script runs. */
export const PHOTO_FILE = 'photo.webp';

/** What `run.json` holds: one run of the bundled model on a sample photo, written by `npm run record`. */
export interface RecordedRun {
	readonly model: ViTModel;
	/** SHA-256 of the weights file that ran, and of the photo's file, in hexadecimal: with others it is out of date. */
	readonly weightsSha256: string;
	readonly photoSha256: string;
	/** The sample's id, what it shows, and its file relative to the site's root. */
	readonly sample: { readonly id: string; readonly title: string; readonly alt: string; readonly file: string };
	/** The region of the sample that the model saw. */
	readonly crop: Crop;
	/** The five likeliest classes: the bundled model has a head. */
	readonly top: readonly Prediction[];
	/** The pixels that the model saw: `width * height * 3` bytes, RGB, row-major, in a file beside this one. */
	readonly seen: { readonly width: number; readonly height: number; readonly file: string };
	/** The taps and parameters that were recorded, each in a file of half precision numbers, little-endian. */
	readonly taps: readonly (TapSpec & { readonly file: string })[];
}

/** A recorded run that figures can be drawn from. Its taps are fetched when they are asked for. */
export interface Recording {
	readonly run: FigureRun;
	/** The addresses of all that it consists of. */
	readonly files: readonly string[];
	/** @throws PatchworkError `request` for a tap that was not recorded, `network` for a file that does not come */
	read(names: readonly string[]): Promise<TapData[]>;
}

/** Cuts the model's part out of the sample, for the eye. */
export type MakePicture = (sample: RecordedRun['sample'], crop: Crop) => Promise<Picture>;

/**
 * Fetches what there is to know of the recording; not yet its taps.
 * @param site URL of the site's root, with a trailing slash
 * @throws PatchworkError `network` when a file does not come or is not what it should be
 */
export async function openRecording(
	site: string,
	makePicture: MakePicture,
	get: typeof fetch = fetch
): Promise<Recording> {
	const folder = site + RECORDED_FOLDER;
	const about = parseRun(await (await fetchFile(folder + RUN_FILE, get)).json().catch(() => null));
	const { top, sample, crop } = about;
	const { labels, config } = about.model;
	const model = { ...about.model, labels: labels && classNames(labels, config.classes) };
	const [seen, picture] = await Promise.all([fetchSeen(folder, about, get), makePicture(sample, crop)]);
	const refuse = () => Promise.reject(notRunning('This needs the model itself.'));
	return {
		run: {
			model,
			top,
			vector: null,
			seen,
			picture,
			alt: sample.alt,
			sample: sample.id,
			recorded: true,
			kept: new Set(about.taps.map(({ name }) => name)),
			experiment: refuse,
			look: refuse
		},
		files: [RUN_FILE, about.seen.file, ...about.taps.map(({ file }) => file)].map((file) => folder + file),
		read: (names) => Promise.all(names.map((name) => fetchTap(folder, about, name, get)))
	};
}

async function fetchTap(folder: string, { taps }: RecordedRun, name: string, get: typeof fetch): Promise<TapData> {
	const tap = taps.find((candidate) => candidate.name === name);
	if (!tap) throw notRunning('This was not recorded.');
	const { file, ...spec } = tap;
	const bytes = await (await fetchFile(folder + file, get)).arrayBuffer();
	const size = spec.shape.reduce((product, side) => product * side, 1);
	if (bytes.byteLength !== 2 * size) throw damaged();
	return { ...spec, data: halvesToFloats(new Uint16Array(bytes)) };
}

async function fetchSeen(folder: string, { seen }: RecordedRun, get: typeof fetch): Promise<FigureRun['seen']> {
	const { width, height, file } = seen;
	const rgb = new Uint8Array(await (await fetchFile(folder + file, get)).arrayBuffer());
	if (rgb.length !== width * height * 3) throw damaged();
	const data = new Uint8ClampedArray(width * height * 4).fill(255);
	for (let i = 0; i < width * height; i++) data.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
	return { width, height, data };
}

/** @throws PatchworkError `network` when the file does not come */
export async function fetchFile(url: string, get: typeof fetch = fetch): Promise<Response> {
	try {
		const response = await get(url);
		if (response.ok) return response;
		throw new Error(`status ${response.status}`);
	} catch (error) {
		const sentence = 'The recorded run could not be fetched; the figures appear when the model runs here.';
		throw toPatchworkError(error, 'network', sentence);
	}
}

/** Looks at the outline only: a script of ours wrote the file, and a test compares it with a run of today. */
function parseRun(json: unknown): RecordedRun {
	const whole = isRecord(json) && ['model', 'sample', 'crop', 'seen'].every((key) => isRecord(json[key]));
	if (!whole || !Array.isArray(json['taps']) || !Array.isArray(json['top'])) throw damaged();
	return json as unknown as RecordedRun;
}

function damaged(): PatchworkError {
	return new PatchworkError('network', 'The recorded run is damaged; the figures appear when the model runs here.');
}

function notRunning(what: string): PatchworkError {
	return new PatchworkError('request', `${what} It works as soon as a ViT runs here.`);
}
