import type { CnnPlan, ViTPlan } from './contract';
import { learnedCount } from './plans';

/** By how much the parameters of two networks that are compared may differ, in parts of the smaller number. */
export const APART = 0.05;

/** How far two numbers are apart, in parts of the smaller one. */
export const apart = (a: number, b: number): number => Math.abs(a - b) / Math.min(a, b);

/**
 * The CNN that grows beside a ViT, with as many parameters that learn, within {@link APART}. It has the usual channels
 * where these will do, so that it stays the same network through most changes of the ViT; else its last stage is as wide
 * as comes nearest. It is the same one whether the ViT has a distillation token or not, as it is the CNN that teaches it.
 * @param widths the usual channels of each stage
 */
export function cnnBeside(vit: ViTPlan, widths: readonly number[]): CnnPlan {
	const { size, classes } = vit;
	const counts = versionsOf(vit).map(learnedCount);
	const before = widths.slice(0, -1);
	const withLast = (last: number): CnnPlan => ({ kind: 'cnn', size, widths: [...before, last], classes });
	const off = (plan: CnnPlan) => Math.max(...counts.map((count) => apart(count, learnedCount(plan))));
	const usual = withLast(widths.at(-1) ?? 0);
	if (off(usual) < APART) return usual;
	// Parameters grow with every channel, so from the usual ones on it gets better one way, up to the nearest.
	const nearest = (from: CnnPlan, way: 1 | -1): CnnPlan => {
		const next = withLast((from.widths.at(-1) ?? 0) + way);
		return off(next) < off(from) ? nearest(next, way) : from;
	};
	return nearest(nearest(usual, 1), -1);
}

/** A ViT without a distillation token, and with one where it can have one. */
function versionsOf(vit: ViTPlan): ViTPlan[] {
	const both = vit.pooling === 'cls' ? [false, true] : [false];
	return both.map((distilled) => ({ ...vit, distilled }));
}
