import { tapSpecs, type ModelConfig } from '../engine/families';
import type { Edit } from '../engine/edits/edit';
import { isMade } from '../engine/edits/names';
import { bytesOf } from '../engine/lean';
import { drawnBound } from '../worker/budget';
import { viewFamilyOf } from './families';

/** The taps that are drawn of a run with these edits. */
export function tapsShown(config: ModelConfig, edits: readonly Edit[] = []): string[] {
	const { lengthsTap, layerTaps } = viewFamilyOf(config);
	return [lengthsTap(config), ...layerTaps(config)].filter((name) => isMade(name, edits));
}

/** The bytes of some taps, with the means over heads, each of which is less than another head. */
function bytesWithMeans(config: ModelConfig, names: readonly string[]): number[] {
	const all = new Set(names);
	const specs = tapSpecs(config).filter(({ name }) => all.has(name));
	return specs.map((spec) => bytesOf(spec) * (1 + 1 / (spec.shape[1] ?? 1)));
}

/**
 * Whether the page holds all that it draws of a run; else it holds the block that is looked at, and of the others the lines
 * of one token. Only where a family can do with that: there is one budget, in bytes, for all.
 */
export function isHeld(config: ModelConfig): boolean {
	const bytes = bytesWithMeans(config, tapsShown(config)).reduce((sum, one) => sum + one, 0);
	return bytes <= drawnBound() || !viewFamilyOf(config).unread;
}

/** What the page holds of a run while it is shown, in bytes. */
export function bytesDrawn(config: ModelConfig): number {
	const bytes = bytesWithMeans(config, tapsShown(config));
	if (isHeld(config)) return bytes.reduce((sum, one) => sum + one, 0);
	const lines = viewFamilyOf(config).unread?.(config) ?? [];
	// Of the block that is looked at it holds numbers of two bytes.
	return Math.max(...bytes) / 2 + lines.reduce((sum, { heads, tokens }) => sum + 4 * (heads + 1) * 2 * tokens, 0);
}
