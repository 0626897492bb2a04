import { blockOutputs } from '../../analysis/block-means';
import { alignment, Insides, insideTaps, type Carried } from '../../analysis/insides';
import type { Progress } from '../../base/progress';
import type { Pause } from '../../base/slices';
import { listSamples } from '../../embeddings/collect';
import type { TapData } from '../../engine/tap';
import { decodePhoto } from '../../photo/decode';
import { takeSample } from '../../photo/samples';
import { siteRoot } from '../../base/site';
import type { Companion } from '../../tools/companion';
import type { ModelRun } from '../figure';
import { titleOf } from '../kit/title';

/** One of two networks. */
export interface Network {
	readonly name: string;
	/** The taps that are compared, in order. */
	readonly outputs: readonly string[];
	readonly shortcuts: readonly Carried[];
}

/** Two networks side by side, on the same photos. */
export interface SideBySide {
	readonly photos: number;
	readonly first: Network;
	readonly second: Network;
	/** Linear CKA of every two outputs, those of the first network before those of the second. */
	readonly cka: readonly (readonly number[])[];
}

/** How the work is followed and given up. */
interface Following {
	readonly signal: AbortSignal;
	readonly report: (progress: Progress) => void;
	readonly pause: Pause;
}

/** Takes in what came of a run. @param names of the taps, in their order */
function take(insides: Insides, names: readonly string[], taps: readonly TapData[]): void {
	const byName = new Map(names.map((name, i) => [name, taps[i]]));
	insides.add((name) => {
		const found = byName.get(name);
		if (!found) throw new Error(`The run lacks '${name}', which was asked for.`);
		return found;
	});
}

/**
 * Runs both networks on the sample photos and on the reader's own, and holds them against each other.
 * @param other of a model of the site
 * @throws PatchworkError as running them does, `cancelled` when the signal says so
 */
export async function insidesOf(
	run: ModelRun,
	companion: Companion,
	other: string,
	{ signal, report, pause }: Following
): Promise<SideBySide> {
	// The photo that is shown may be one of them, and counts once.
	const samples = (await listSamples()).filter(({ id }) => id !== run.sample);
	const beside = await companion.beside(other, run.seen, { signal });
	const [ownNames, otherNames] = [insideTaps(run.model.config), insideTaps(beside.model.config)];
	const [own, its] = [new Insides(run.model.config), new Insides(beside.model.config)];
	take(own, ownNames, (await run.experiment([], ownNames, signal)).taps);
	take(its, otherNames, await companion.read(otherNames));
	for (const [done, sample] of samples.entries()) {
		report({ loaded: done + 1, total: samples.length + 1 });
		const { bitmap } = await takeSample(sample, siteRoot(), decodePhoto, signal);
		try {
			take(own, ownNames, (await run.look(bitmap, ownNames, signal)).taps);
			take(its, otherNames, (await companion.look(other, bitmap, otherNames, { signal })).taps);
		} finally {
			bitmap.close();
		}
	}
	return {
		photos: samples.length + 1,
		first: { name: titleOf(beside.model), outputs: blockOutputs(beside.model.config), shortcuts: its.shortcuts() },
		second: { name: titleOf(run.model), outputs: blockOutputs(run.model.config), shortcuts: own.shortcuts() },
		cka: await alignment([...its.blocks, ...own.blocks], pause)
	};
}
