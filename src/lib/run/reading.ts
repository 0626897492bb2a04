import { blockCost, runCost } from '../analysis/cost';
import { isViT, type ModelConfig } from '../engine/families';
import { bytesOfRun } from '../engine/resolution';
import type { SwinConfig } from '../engine/swin/config';
import { windowLayout } from '../engine/swin/windows';

/** What reading a photo at some size asks of the device. */
export interface ReadingCost {
	/** Of a run; of a Swin's first stage, which has the most. */
	readonly tokens: number;
	/** Multiply-adds of the whole run. */
	readonly work: number;
	/** Those of them that are scores and weighted sums. */
	readonly attention: number;
	/** Memory that the run's intermediates take until the next, in bytes. */
	readonly bytes: number;
}

/** What a run costs at the size of input that the config says. */
export function readingCost(config: ModelConfig): ReadingCost {
	const bytes = bytesOfRun(config);
	if (!isViT(config)) return { ...swinCost(config), bytes };
	const { tokens, multiplyAdds } = runCost(config);
	return { tokens, work: multiplyAdds, attention: config.depth * blockCost(tokens, config).attention, bytes };
}

/**
 * A Swin's multiply-adds, stage by stage: the attention of a block is 2 M^2 per place of its windows and feature, as in
 * equation 2 of Liu et al. (arXiv 2103.14030); between stages 2 x 2 tokens of width C become one of 2C, which is 8C^2.
 */
function swinCost(config: SwinConfig): Omit<ReadingCost, 'bytes'> {
	const { stages, patchSize, channels, classes } = config;
	let [work, attention, tokens] = [0, 0, 0];
	for (const [i, { depth, dim, mlpDim }] of stages.entries()) {
		const { map, count, area } = windowLayout(config, i, 0);
		const places = map.rows * map.columns;
		const embedding = i === 0 ? places * channels * patchSize ** 2 * dim : places * 2 * dim ** 2;
		const scores = depth * 2 * area * count * area * dim;
		work += embedding + depth * (4 * places * dim ** 2 + 2 * places * dim * mlpDim) + scores;
		attention += scores;
		tokens = Math.max(tokens, places);
	}
	return { work: work + classes * (stages.at(-1)?.dim ?? 0), attention, tokens };
}

const count = (value: number): string => value.toLocaleString('en');

/** `4.9 times`, with as many digits as matter. */
function times(ratio: number): string {
	return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} times`;
}

/** How long something takes, in milliseconds, or seconds where it is long. */
function duration(milliseconds: number): string {
	return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * What it would cost to read at another size, in place of the size of now.
 * @param milliseconds that a run took now
 */
export function costSentences(now: ReadingCost, next: ReadingCost, milliseconds: number): readonly string[] {
	const ratio = next.work / now.work;
	const share = (part: 'work' | 'attention') => times(next[part] / now[part]);
	return [
		`${count(next.tokens)} tokens in place of ${count(now.tokens)}: ${share('work')} the work, and ${share('attention')} that of the attention alone.`,
		`About ${duration(milliseconds * ratio)} a run, and ${count(Math.round(next.bytes / 1e6))} MB for what it leaves to look at.`
	];
}
