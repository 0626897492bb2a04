import { fixed } from '../base/numbers';
import { count } from '../marks/numbers';
import { tapSpecs, type ModelConfig } from '../engine/families';
import { bytesKept, keepWithin } from '../engine/lean';
import { fitsWhole, isSameSize, resized, resolutionsOf } from '../engine/resolution';
import { drawnBound, runBudget } from '../worker/budget';
import { viewFamilyOf } from './families';
import type { RunWork } from './family';
import { bytesDrawn, tapsShown } from './taps-shown';
import { pixelSize } from './words';

/** What reading a photo at some size asks of the device. */
export interface ReadingCost extends RunWork {
	/** Memory that is taken until the next run, in bytes: by what the engine keeps, and by what the page has of it to draw. */
	readonly bytes: number;
	/** Whether what the page draws has to be computed again, for there is no room to keep it: a second run, as long as the first. */
	readonly runsTwice: boolean;
}

/**
 * The sizes of input that a reader can choose from: those of `resolutionsOf` of which the page can hold what it draws, and
 * the model's own.
 */
export function sizesDrawn(config: ModelConfig): ModelConfig['imageSize'][] {
	return resolutionsOf(config).filter((size) => isDrawn(config, size));
}

/**
 * Whether the page can hold what it draws of a run at a size that the model can run at: to follow the pointer without the
 * engine it has every pattern whole, or at least those of the block that is looked at. A run that could keep all of its
 * intermediates has few enough on any device.
 * @throws PatchworkError `request` for a size that the model cannot run at
 */
export function isDrawn(config: ModelConfig, size: ModelConfig['imageSize']): boolean {
	const made = resized(config, size);
	return isSameSize(size, config.imageSize) || fitsWhole(made) || bytesDrawn(made) <= drawnBound();
}

/** Said where a size is asked for that is not {@link isDrawn}. */
export const tooLargeToDraw = (size: ModelConfig['imageSize']): string =>
	`To draw what the model makes of ${pixelSize(size)} takes more memory than this device has for it, so the model reads at its own size.`;

/** What a run costs at the size of input that the config says. */
export function readingCost(config: ModelConfig): ReadingCost {
	const [specs, bounds] = [tapSpecs(config), runBudget().one];
	const policy = keepWithin(bounds, specs);
	return {
		...viewFamilyOf(config).workOf(config),
		bytes: bytesKept(specs, bounds) + bytesDrawn(config),
		runsTwice: tapsShown(config).some((tap) => policy.fateOf(tap) !== 'kept')
	};
}

/** `4.9 times`, with as many digits as matter. */
function times(ratio: number): string {
	return `${ratio < 10 ? fixed(ratio, 1) : Math.round(ratio)} times`;
}

/** How long something takes, in milliseconds, or seconds where it is long. */
function duration(milliseconds: number): string {
	return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${fixed(milliseconds / 1000, 1)} s`;
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
		`About ${duration(milliseconds * ratio)} a run${next.runsTwice ? ' and as long again to draw it' : ''}, and ${count(Math.round(next.bytes / 1e6))} MB for what it leaves to look at.`
	];
}
