import { classActivation } from '../../analysis/class-activation';
import { gradCam, positivePart } from '../../analysis/grad-cam';
import { inputTimesGradient, overPatches } from '../../analysis/input-gradient';
import { lastFew } from '../../base/memo';
import { lastMap } from '../../engine/conv/config';
import type { TapData } from '../../engine/tap';
import { classOverlay, inputGradientWords, whyNoClass, type ClassSource, type ClassWords } from '../class-overlays';
import { Making } from '../making.svelte';
import type { OverlayEntry } from '../overlays';
import type { ConvHost } from './host';

const CAM: ClassWords = {
	id: 'cam',
	name: 'Class activation of a class',
	about: () =>
		'Each channel of the last map by its weight for the class. The classifier reads the mean of this map, so all places together are the class’s logit without its bias, exactly (Zhou et al. 2016)',
	isSigned: true
};

const GRAD_CAM: ClassWords = {
	id: 'grad-cam',
	name: 'Grad-CAM of a class',
	about: () =>
		'Channels of the chosen block’s map, each weighed by how much the class would gain from it on average; what speaks against the class is left out (Selvaraju et al. 2017)'
};

type Make = (value: TapData, gradient: TapData) => Float32Array;

/** A tap and the gradient of the chosen class's logit with respect to it, and what becomes of both. */
function sourceOf(
	view: ConvHost,
	tap: () => string | null,
	make: Make
): Pick<ClassSource, 'making' | 'whyNot'> & {
	value(): Float32Array | null;
} {
	const known = lastFew<Making<Float32Array>>(6);
	const whyNot = () => whyNoClass(view);
	const making = () => {
		const { classIndex: index } = view.selection;
		const name = tap();
		if (index === null || name === null || whyNot()) return null;
		return known(`${index} ${name}`, () => {
			const label = 'Following the class back through the blocks';
			const found: ConstructorParameters<typeof Making<Float32Array>>[2] = async ({ read, gradients }, work) => {
				const [[value], [gradient]] = await Promise.all([read([name]), gradients(index, [name], work)]);
				if (!value || !gradient) throw new Error('The engine answered without the tap that was asked for.');
				return make(value, gradient);
			};
			return new Making(view.workshop, label, found, /* @wc-include */ 'blocks');
		});
	};
	return { making, whyNot, value: () => making()?.value ?? null };
}

/** Maps of what counts for one class: at the last map, at the chosen block, and at the pixels. */
export function convClassOverlays(view: ConvHost): OverlayEntry[] {
	const ofBlock = () => (view.map ? view.selection.block : null);
	const cam = sourceOf(view, () => lastMap(view.config).name, classActivation);
	const gradients = sourceOf(
		view,
		() => view.map?.tap ?? null,
		(value, gradient) => {
			const [, tokens = 0] = value.shape;
			return positivePart(gradCam(value, gradient, { tokens, prefix: 0 }));
		}
	);
	const pixels = sourceOf(view, () => 'pixel_values', inputTimesGradient);
	const summed = () => {
		const found = pixels.value();
		return found && view.map ? overPatches(found, view.config.imageSize[1], view.map.cell) : null;
	};
	return [
		classOverlay(view, CAM, { ...cam, values: () => cam.value() }),
		classOverlay(view, GRAD_CAM, { ...gradients, values: () => gradients.value(), block: ofBlock }),
		classOverlay(view, inputGradientWords('place of the block’s map'), { ...pixels, values: summed, block: ofBlock })
	];
}
