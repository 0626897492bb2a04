import { hidesPixels, occlusions, overSquares, squaresOver } from '../analysis/occlusion';
import { anatomyOf, tokenGridOf, type ModelConfig } from '../engine/families';
import { lastFew } from '../base/memo';
import { classOverlay, whyNoClass } from './class-overlays';
import { Making, type Workshop } from './making.svelte';
import type { OverlayEntry, OverlayHost } from './overlays';

const NOT_WHOLE =
	'The last patches of this model reach beyond the photo, so their pixels can’t be hidden square by square.';

/** What becomes of a class when one square of the photo after the other is grey. */
export function occlusionOverlay(host: OverlayHost): OverlayEntry {
	const known = lastFew<Making<Float32Array>>(3);
	const whyNot = () => {
		const { config } = host.shown?.model ?? {};
		if (!config) return '';
		return hidesPixels(config) ? whyNoClass(host) : NOT_WHOLE;
	};
	const making = () => {
		const { shown, selection } = host;
		const { classIndex: index } = selection;
		if (!shown || index === null || whyNot()) return null;
		return known(String(index), () => hidingInTurn(host.workshop, shown.model.config, index));
	};
	const about = () => {
		const { config } = host.shown?.model ?? {};
		const side = config ? config.patchSize * squaresOver(config, tokenGridOf(config)).each : 0;
		return `By how much the logit of the class falls when a square of ${side} × ${side} px is grey, one after the other, each in a run of its own: above 0 the class needed what was there, below it does better without (Zeiler and Fergus 2014)`;
	};
	const words = { id: 'occlusion', name: 'Occlusion of a class', about, isSigned: true } as const;
	return classOverlay(host, words, { making, values: () => making()?.value ?? null, whyNot });
}

/** One number a patch: the drop of the logit with the patch's square hidden. */
function hidingInTurn(workshop: Workshop, config: ModelConfig, index: number): Making<Float32Array> {
	const grid = tokenGridOf(config);
	const squares = squaresOver(anatomyOf(config), grid);
	const make: ConstructorParameters<typeof Making<Float32Array>>[2] = async (
		{ read, tried },
		{ signal, report, pause }
	) => {
		const logitOf = ([tap]: readonly { readonly data: Float32Array }[]) => tap?.data[index] ?? NaN;
		const before = logitOf(await read(['logits']));
		const edits = occlusions(squares, grid);
		const drops = new Float32Array(edits.length);
		for (const [i, edit] of edits.entries()) {
			report({ loaded: i, total: edits.length });
			await pause();
			drops[i] = before - logitOf(await tried([edit], ['logits'], signal));
		}
		return overSquares(drops, squares, grid);
	};
	return new Making(workshop, 'Hiding one square after the other', make, /* @wc-include */ 'squares');
}
