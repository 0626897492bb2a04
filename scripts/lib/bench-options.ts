import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKENDS, type BackendName } from '../../src/lib/engine/backends/names.ts';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { REQUIRED_FILES } from '../../src/lib/models/files.ts';
import { typedPath } from './cli.ts';
import { MADE_UP_NAMES, madeUpModel } from './made-up-model.ts';

const USAGE =
	'npm run bench -- [--backends wasm,webgl,webgpu] [--against COMMIT|DIR] [--memory [--size PIXELS] | --costs | --launches | --pages | --scrub] [--runs N] [--threads N] [--model DIR | --made-up vit-b|vit-s8|swin-t] [--transformers DIR] [--gpu] [--site]';

/** The model that is measured unless `--model` says otherwise: the best that is here. */
const MODELS = ['static/models/vit-tiny', '../shared/models/vit-tiny', 'static/models/patchwork-t'];

/**
 * Unless `--runs` says otherwise. Beside onnxruntime-web the medians differ by much; two checkouts may differ by a
 * hundredth; and six is the fewest that have an interval, which is enough for bytes, as they hardly vary.
 */
const RUNS = { ort: 15, against: 40, memory: 6, costs: 10, launches: 1, pages: 10, scrub: 10 };

const ON_A_GPU: readonly BackendName[] = ['webgl', 'webgpu'];

export interface BenchOptions {
	readonly backends: readonly BackendName[];
	/** Pairs of runs, fresh pages of each engine, openings of each page, or turns of the film. */
	readonly runs: number;
	/** Of wasm. */
	readonly threads: number;
	/** Folder of the checkpoint, absolute. */
	readonly model: string;
	/** The checkout beside which this one is laid, an absolute path or a commit; null for onnxruntime-web. */
	readonly against: string | null;
	/** Folder in which transformers.js is installed, to run as the third; null to leave it out. */
	readonly transformers: string | null;
	/** Measures memory instead of time. */
	readonly memory: boolean;
	/** The side of the input whose memory is measured, in pixels; null for the model's own. */
	readonly size: number | null;
	/** Measures what edits, sweeps and gradients cost beside plain runs of this engine. */
	readonly costs: boolean;
	/** Counts the programs that a run gives a GPU, in place of time. */
	readonly launches: boolean;
	/** Opens pages of the built site, and of the other's. */
	readonly pages: boolean;
	/** Draws the film back and forth, beside an empty page. */
	readonly scrub: boolean;
	/** Without it, WebGL and WebGPU run in software, as they do in the tests. */
	readonly gpu: boolean;
	/** Also measures the built site: the time to its first result, and its answer to the pointer. */
	readonly site: boolean;
}

/**
 * @param args of the command line, without the program
 * @param root of this checkout
 * @throws PatchworkError `request` that shows the usage, or `checkpoint` for a folder without a model
 */
export function benchOptions(args: readonly string[], root: string): BenchOptions {
	const { values } = parseArgs({
		args: [...args],
		options: {
			backends: { type: 'string' },
			runs: { type: 'string' },
			threads: { type: 'string', default: '1' },
			model: { type: 'string' },
			'made-up': { type: 'string' },
			against: { type: 'string' },
			transformers: { type: 'string' },
			memory: { type: 'boolean', default: false },
			size: { type: 'string' },
			costs: { type: 'boolean', default: false },
			launches: { type: 'boolean', default: false },
			pages: { type: 'boolean', default: false },
			scrub: { type: 'boolean', default: false },
			gpu: { type: 'boolean', default: false },
			site: { type: 'boolean', default: false }
		}
	});
	const { memory, costs, launches, pages, scrub, gpu, site } = values;
	if ([memory, costs, launches, pages, scrub].filter(Boolean).length > 1)
		throw usage('Choose one of --memory, --costs, --launches, --pages and --scrub.');
	const usualBackends = launches ? ON_A_GPU.join() : 'wasm,webgl,webgpu';
	const backends = (values.backends ?? usualBackends).split(',').filter(Boolean);
	if (!backends.every(isBackend)) throw usage(`--backends takes ${BACKENDS.join(', ')}.`);
	if (launches && !backends.every((name) => ON_A_GPU.includes(name)))
		throw usage(`--launches counts what a GPU is given: --backends takes ${ON_A_GPU.join(', ')} beside it.`);
	if (values.against === '') throw usage('--against takes a commit, or the folder of another checkout.');
	const against = values.against === undefined ? null : pathOrCommit(values.against);
	if ((costs || scrub) && against !== null)
		throw usage(`--${costs ? 'costs' : 'scrub'} measures this checkout alone: leave --against out.`);
	if (values.size !== undefined && !memory)
		throw usage('--size is the size of input whose memory is measured: add --memory.');
	const beside = values.transformers === undefined ? null : transformersFolder(values.transformers);
	if (beside !== null && (against !== null || memory || costs || launches || pages || scrub))
		throw usage('--transformers is a third beside onnxruntime-web: leave out what measures something else.');
	const kinds = { costs, memory, launches, pages, scrub, ort: against === null, against: true };
	const usual = RUNS[(Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) => kinds[kind]) ?? 'ort'];
	return {
		backends,
		runs: values.runs === undefined ? usual : count('runs', values.runs),
		threads: count('threads', values.threads),
		model: modelFolder(values.model, values['made-up'], root),
		against,
		transformers: beside,
		memory,
		size: values.size === undefined ? null : count('size', values.size),
		costs,
		launches,
		pages,
		scrub,
		gpu,
		site
	};
}

/** @throws PatchworkError `request` where it is not installed */
function transformersFolder(typed: string): string {
	const folder = typedPath(typed);
	if (existsSync(join(folder, 'node_modules/@huggingface/transformers/dist/transformers.min.js'))) return folder;
	throw usage(
		`There is no transformers.js in ${folder}: npm install --ignore-scripts --prefix "${folder}" @huggingface/transformers@4 puts it there.`
	);
}

/** A folder that is there, or what git is to make something of. */
function pathOrCommit(typed: string): string {
	const path = typedPath(typed);
	return existsSync(path) ? path : typed;
}

function modelFolder(typed: string | undefined, madeUp: string | undefined, root: string): string {
	if (madeUp !== undefined) {
		const made = typed === undefined ? madeUpModel(madeUp, join(root, '.cache/made-up')) : null;
		if (made === null) throw usage(`--made-up takes ${MADE_UP_NAMES.join(' or ')}, and no --model beside it.`);
		return made;
	}
	const folders = MODELS.map((folder) => join(root, folder));
	const folder = typed ? typedPath(typed) : folders.find((folder) => existsSync(join(folder, 'model.safetensors')));
	if (folder === undefined) throw usage('There is no model to measure.');
	// The bench's pages read weights in one piece.
	for (const name of REQUIRED_FILES) {
		if (!existsSync(join(folder, name))) throw new PatchworkError('checkpoint', `There is no ${name} in ${folder}.`);
	}
	return folder;
}

function count(option: string, typed: string): number {
	const value = Number(typed);
	if (!Number.isInteger(value) || value < 1) throw usage(`--${option} takes a number of 1 or more.`);
	return value;
}

function isBackend(name: string): name is BackendName {
	return (BACKENDS as readonly string[]).includes(name);
}

function usage(sentence: string): PatchworkError {
	return new PatchworkError('request', `${sentence} Usage: ${USAGE}`);
}
