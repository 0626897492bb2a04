import { useNodeBackend } from '../../engine/backends/node';
import type { Edit } from '../../engine/edits/edit';
import { planEdits } from '../../engine/edits/plan';
import { anatomyOf, asViT, has, tapSpecs, parameterSpecs, type ModelConfig } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
import { Model, type CheckpointFiles } from '../../engine/model';
import type { SwinConfig } from '../../engine/swin/config';
import { pixelValues, timmCheckpoint } from '../../engine/testing/checkpoint';
import { swinCheckpoint, swinPixels } from '../../engine/testing/swin-checkpoint';
import type { FigureRun, Tap } from '../figure';
import type { ModelAnswer } from '../../worker/protocol';

/** A made-up model that has run on a made-up input: what the figures of a stage are given. */
export interface MadeUpRun<Config extends ModelConfig = ViTConfig> {
	readonly config: Config;
	/** Throws for a tap that was not read. */
	readonly tap: Tap;
}

/**
 * Runs the made-up model on the engine itself, so that figures are tested against real taps.
 * @param names what is read, e.g. what a figure declares; everything by default
 */
export function madeUpRun(
	names: (config: ViTConfig) => readonly string[] = everything,
	files: CheckpointFiles = timmCheckpoint()
): Promise<MadeUpRun> {
	return runOf(files, pixelValues(), asViT, names);
}

/** The same of a Swin, of several stages and with maps that nothing divides. */
export function madeUpSwinRun(
	names: (config: SwinConfig) => readonly string[] = everything
): Promise<MadeUpRun<SwinConfig>> {
	return runOf(swinCheckpoint(), swinPixels(), asSwin, names);
}

const inWindows = (config: ModelConfig): config is SwinConfig => has(config, 'windows');

function asSwin(config: ModelConfig): SwinConfig {
	if (inWindows(config)) return config;
	throw new Error('The test is of a model that attends in windows.');
}

async function runOf<Config extends ModelConfig>(
	files: CheckpointFiles,
	pixels: Float32Array,
	as: (config: ModelConfig) => Config,
	names: (config: Config) => readonly string[]
): Promise<MadeUpRun<Config>> {
	await useNodeBackend('cpu');
	const model = Model.load(files);
	const config = as(model.config);
	const trace = await model.run(pixels);
	try {
		const read = await Promise.all(names(config).map((name) => model.read(trace, name)));
		const taps = new Map(read.map((tap) => [tap.name, tap]));
		const tap: Tap = (name) => {
			const found = taps.get(name);
			if (!found) throw new Error(`The test reads '${name}', which was not declared.`);
			return found;
		};
		return { config, tap };
	} finally {
		trace.dispose();
		model.dispose();
	}
}

const everything = (config: ModelConfig) => [...tapSpecs(config), ...parameterSpecs(config)].map(({ name }) => name);

/** Whether edits fit a model. @throws PatchworkError `request` for the first that does not */
export function checkEdits(config: ModelConfig, edits: readonly Edit[]): void {
	planEdits(edits, anatomyOf(config), () => []);
}

/** The largest difference between two lists, as a share of the largest value of the second. */
export function relativeDifference(ours: ArrayLike<number>, engines: ArrayLike<number>): number {
	if (ours.length !== engines.length) return Infinity;
	const list = Array.from(engines);
	const largest = Math.max(...list.map(Math.abs));
	return Math.max(...list.map((value, i) => Math.abs(value - (ours[i] ?? NaN)))) / largest;
}

/** A run as a reveal sees it, when it looks at nothing but the model and its answer. */
export function smallRun(
	config: ViTConfig,
	top: ModelAnswer['top'] = [],
	vector: ModelAnswer['vector'] = null
): FigureRun {
	const unasked = () => Promise.reject(new Error('The test runs no experiments.'));
	return {
		model: { id: 'small', config, labels: null, parameters: 0, bytes: 0, notice: null },
		top,
		vector,
		seen: { width: 1, height: 1, data: new Uint8ClampedArray(4) },
		picture: {} as ImageBitmap,
		alt: '',
		sample: null,
		recorded: false,
		experiment: unasked,
		look: unasked
	};
}
