import { fixed } from '../../base/numbers';
import { cosine } from '../../analysis/cosine';
import { rearrange } from '../../engine/einops/apply';
import type { ModelRun, Reveal, Tap, Verdict } from '../figure';
import { projectionSizes } from '../kit/projection';
import { linear } from './embed';

/** Patches that are asked: enough for a mean, and few enough to answer at once. */
const ASKED = 24;
/** From here on two directions count as nearly the same. */
const NEAR = 0.95;

function reordered({ model: { config } }: ModelRun, tap: Tap): Verdict {
	const { patchSize, channels, dim } = projectionSizes(config);
	const rows = tap('patches');
	const own = tap('patch_embed').data;
	const projection = {
		weight: tap('parameters.patch_embed.weight').data,
		bias: tap('parameters.patch_embed.bias').data
	};
	const sizes = { c: channels, p1: patchSize, p2: patchSize };
	const turned = rearrange(rows, '1 n (c p1 p2) -> n (p1 p2 c)', sizes);
	const [patches = 0, length = 0] = turned.shape;
	const count = Math.min(ASKED, patches);
	const asked = Array.from({ length: count }, (_, i) => Math.floor((i * patches) / count));
	const cosines = asked.map((patch) => {
		const wrong = linear(turned.data.subarray(patch * length, (patch + 1) * length), projection);
		return cosine(wrong, own.subarray(patch * dim, (patch + 1) * dim));
	});
	const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
	return { choice: mean > 0.9999 ? 0 : mean > NEAR ? 1 : 2, sentence: sentence(mean, cosines.length) };
}

const READ = ['patches', 'patch_embed', 'parameters.patch_embed.weight', 'parameters.patch_embed.bias'];

/**
 * What becomes of the embeddings if the rows of the patches are in the order (row, column, channel) while the weights
 * are made for (channel, row, column).
 */
export const order: Reveal<ModelRun> = { needs: ['patches', 'projection'], taps: () => READ, answer: reordered };

function sentence(mean: number, asked: number): string {
	const what = mean > 0.9999 ? 'the same' : mean > NEAR ? 'nearly the same' : 'different ones';
	return (
		`Over ${asked} patches of this photo the embeddings are ${what}: the mean cosine between a reordered row’s embedding ` +
		`and the right one is ${fixed(mean, 2)}, where 1 would be the same direction.`
	);
}
