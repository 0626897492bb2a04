import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Edit } from '../../src/lib/engine/edits/edit.ts';
import type { Model } from '../../src/lib/engine/model.ts';
import { preprocess, type Preprocessed } from '../../src/lib/engine/preprocess.ts';
import { topClasses } from '../../src/lib/worker/top-classes.ts';
import type { AnswerSet } from './answers.ts';
import { decodeFile } from './decode.ts';
import { percent } from './tried-table.ts';

/** What was counted on one set; rates in [0, 1]. */
export interface Score {
	readonly photos: number;
	readonly top1: number;
	readonly top5: number;
	readonly reference: { readonly top1: number | null; readonly top5: number | null };
	/** Photos whose likeliest class is the reference's. */
	readonly sameTop1: number;
	/** Photos whose preprocessed pixels are the reference's to the bit. */
	readonly sameCrop: number;
}

function cropHash({ seen }: Preprocessed): string {
	return createHash('sha256')
		.update(seen.data.filter((_, i) => i % 4 !== 3))
		.digest('hex');
}

export async function score(model: Model, folder: string, set: AnswerSet, edits: readonly Edit[]): Promise<Score> {
	const hits = { top1: 0, top5: 0, sameTop1: 0, sameCrop: 0 };
	for (const answer of set.photos) {
		const input = preprocess(await decodeFile(join(folder, answer.file)), model.config.preprocess, null);
		const trace = await model.run(input.pixelValues, { edits, taps: (name) => name === 'probabilities' });
		const top = topClasses((await trace.read('probabilities')).data, model.config.scores, []).map(({ index }) => index);
		trace.dispose();
		hits.top1 += Number(top[0] === answer.label);
		hits.top5 += Number(top.includes(answer.label));
		hits.sameTop1 += Number(top[0] === answer.reference_top5?.[0]?.[0]);
		hits.sameCrop += Number(cropHash(input) === answer.crop_sha256);
	}
	const photos = set.photos.length;
	return {
		...hits,
		photos,
		top1: hits.top1 / photos,
		top5: hits.top5 / photos,
		reference: { top1: set.top1 ?? null, top5: set.top5 ?? null }
	};
}

/** Several sets as one; the reference's rates where it has them of each. */
export function together(scores: readonly Score[]): Score {
	const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0);
	const photos = sum((score) => score.photos);
	const mean = (rate: (score: Score) => number | null) =>
		scores.some((score) => rate(score) === null) ? null : sum((score) => (rate(score) ?? 0) * score.photos) / photos;
	return {
		photos,
		top1: mean((score) => score.top1) ?? 0,
		top5: mean((score) => score.top5) ?? 0,
		reference: { top1: mean(({ reference }) => reference.top1), top5: mean(({ reference }) => reference.top5) },
		sameTop1: sum((score) => score.sameTop1),
		sameCrop: sum((score) => score.sameCrop)
	};
}

export function printScore(name: string, { photos, top1, top5, reference, sameTop1, sameCrop }: Score): void {
	console.log(`${name}: ${photos} photos`);
	console.log(`  top-1 ${percent(top1)}   reference ${percent(reference.top1)}`);
	console.log(`  top-5 ${percent(top5)}   reference ${percent(reference.top5)}`);
	console.log(`  same likeliest class as the reference: ${sameTop1}; same input pixels: ${sameCrop}`);
}
