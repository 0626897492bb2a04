import { useNodeBackend } from '../engine/backends/node';
import { asViT, type ViTConfig } from '../engine/config';
import { Model } from '../engine/model';
import { tapSpecs, type TapData } from '../engine/taps';
import { pixelValues, timmCheckpoint } from '../engine/testing/checkpoint';
import { weightSpecs } from '../engine/weights';
import type { Tap } from '../lesson/stage';

/** A made-up model that has run on a made-up input: what the figures of a stage are given. */
export interface MadeUpRun {
	readonly config: ViTConfig;
	readonly tap: Tap;
}

/** Runs the made-up model on the engine itself and reads everything, so that figures are tested against real taps. */
export async function madeUpRun(): Promise<MadeUpRun> {
	await useNodeBackend('cpu');
	const model = Model.load(timmCheckpoint());
	const config = asViT(model.config);
	const trace = await model.run(pixelValues());
	const taps = new Map<string, TapData>();
	for (const { name } of [...tapSpecs(config), ...weightSpecs(config)]) taps.set(name, await model.read(trace, name));
	trace.dispose();
	model.dispose();
	const tap: Tap = (name) => {
		const found = taps.get(name);
		if (!found) throw new Error(`There is no ${name}`);
		return found;
	};
	return { config, tap };
}
