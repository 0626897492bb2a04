import { inSentence } from '../base/language';
import { massMask } from '../analysis/attention-mask';
import { rolloutFrom } from '../analysis/rollout';
import { lastFew } from '../base/memo';
import { percent } from '../marks/numbers';
import { firstPatch, tokenName } from '../marks/tokens';
import { maximum } from './maps';
import { Making } from './making.svelte';
import type { OverlayEntry, OverlayHost } from './overlays';
import { capital, formatWeight } from './words';

const NO_SEQUENCE = 'Rollout follows one sequence of tokens through whole patterns, and this model has no such.';

/** What is made of attention weights alone. @param whyNot why there is no attention; empty where there is */
export function attentionOverlays(host: OverlayHost, whyNot: () => string): OverlayEntry[] {
	return [maskOverlay(host, whyNot), rolloutOverlay(host)];
}

/** The figure of DINO's paper. */
function maskOverlay(host: OverlayHost, whyNot: () => string): OverlayEntry {
	const found = () => host.values && massMask(host.values, host.settings.mass);
	return {
		id: 'mask',
		name: 'Mask from attention',
		title: () => {
			const { block, head } = host.selection;
			return `Mask of ${inSentence(host.blockName(block))}, ${inSentence(host.memberName(head))}`;
		},
		block: () => (host.hasMap ? host.selection.block : null),
		values: () => null,
		mask: () => found()?.mask ?? null,
		domain: () => [0, 1],
		sentence: () => {
			const mask = found();
			if (!mask) return whyNot();
			const { count, mass } = mask;
			const few = count === 1 ? 'The one patch that holds' : 'The fewest patches that hold';
			return `${few} ${Math.round(100 * host.settings.mass)} % of what this head gives to the patches: ${count} of ${mask.mask.length}, with ${percent(mass)} (after the figures of Caron et al. 2021).`;
		},
		alpha: 'opaque',
		say: (token, name) => {
			const inside = found()?.mask[token - firstPatch(host.grid)];
			return inside === undefined ? name : `${name}: ${inside ? 'in the mask' : 'outside of the mask'}`;
		}
	};
}

/** From the token that was picked, and not from the one under the pointer: through a large model it takes a moment. */
function rolloutOverlay(host: OverlayHost): OverlayEntry {
	const known = lastFew<Making<Float32Array>>(20);
	const making = () => {
		const { picked, block } = host.selection;
		const { sequences, shown } = host;
		if (!shown || !sequences) return null;
		const tokens = firstPatch(shown.grid) + shown.grid.rows * shown.grid.columns;
		return known(`${block} ${picked}`, () => {
			return new Making(host.workshop, 'Following the attention through the blocks', ({ read }, { pause, signal }) => {
				// A pooling behind the last block mixes no tokens, and is not among them.
				const through = sequences((names, options) => read(names, { ...options, signal })).slice(0, block + 1);
				return rolloutFrom(through, tokens, picked, pause);
			});
		});
	};
	const values = () => making()?.value?.subarray(firstPatch(host.grid)) ?? null;
	return {
		id: 'rollout',
		name: 'Rollout',
		title: () =>
			`Rollout through ${host.selection.block === 0 ? 'block 1' : `blocks 1 to ${host.selection.block + 1}`}`,
		made: () => [making()].filter((one) => one !== null),
		values,
		domain: (values) => [0, maximum(values) || 1],
		sentence: () => {
			if (!host.shown) return '';
			if (!host.sequences) return NO_SEQUENCE;
			return `Where the picked token, ${tokenName(host.selection.picked, host.grid)}, looks through the attention of all blocks so far, each averaged over its heads and mixed half and half with the residual stream (Abnar and Zuidema 2020). A scale of its own.`;
		},
		alpha: 'ramp',
		say: (token, name) => {
			const value = making()?.value?.[token];
			return value === undefined ? name : capital(`${name}: ${formatWeight(value)}`);
		}
	};
}
