import { Model } from '../../engine/model';
import { asViT, type ViTConfig } from '../../engine/config';
import { pixelValues, timmCheckpoint } from '../../engine/testing/checkpoint';
import type { StageRun, Tap } from '../../lesson/stage';
import type { Prediction } from '../../worker/protocol';

/** What the engine makes of a made-up picture with a small made-up model, for tests to hold a figure's own sums against. */
export async function runSmallModel(
	names: (config: ViTConfig) => readonly string[]
): Promise<{ config: ViTConfig; tap: Tap }> {
	const model = Model.load(timmCheckpoint());
	const config = asViT(model.config);
	const trace = await model.run(pixelValues());
	try {
		const read = await Promise.all(names(config).map((name) => model.read(trace, name)));
		const taps = new Map(read.map((tap) => [tap.name, tap]));
		const tap: Tap = (name) => {
			const found = taps.get(name);
			if (!found) throw new Error(`The test reads '${name}', which the figure did not declare.`);
			return found;
		};
		return { config, tap };
	} finally {
		trace.dispose();
		model.dispose();
	}
}

/** The largest difference between two lists, as a share of the largest value of the second. */
export function relativeDifference(ours: ArrayLike<number>, engines: ArrayLike<number>): number {
	if (ours.length !== engines.length) return Infinity;
	const list = Array.from(engines);
	const largest = Math.max(...list.map(Math.abs));
	return Math.max(...list.map((value, i) => Math.abs(value - (ours[i] ?? NaN)))) / largest;
}

/** A run as a reveal sees it, when it looks at nothing but the model and the likeliest classes. */
export function smallRun(config: ViTConfig, top: readonly Prediction[] = []): StageRun {
	const unasked = () => Promise.reject(new Error('The test runs no experiments.'));
	return {
		model: { id: 'small', config, labels: null, parameters: 0, bytes: 0, notice: null },
		top,
		seen: { width: 1, height: 1, data: new Uint8ClampedArray(4) },
		picture: {} as ImageBitmap,
		alt: '',
		recorded: false,
		experiment: unasked,
		look: unasked
	};
}
