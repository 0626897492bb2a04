import { effectiveField, shareIn, sideOfHalf } from '../../analysis/effective-field';
import { overPatches } from '../../analysis/input-gradient';
import { lastFew } from '../../base/memo';
import { percent } from '../../marks/numbers';
import { placeOf } from '../../marks/tokens';
import { Making } from '../making.svelte';
import { maximum } from '../maps';
import type { OverlayEntry } from '../overlays';
import { capital } from '../words';
import type { ConvHost } from './host';
import { fieldSentence } from './words';

/** The side in pixels of the squares over which the field is added up to be drawn. */
const SQUARE = 4;

/**
 * What the unit at the picked place really uses: it follows no pointer, because each place takes a way back of its own.
 */
export function fieldOverlay(view: ConvHost): OverlayEntry {
	const known = lastFew<Making<Float32Array>>(30);
	const making = () => {
		const { unit } = view;
		if (!unit) return null;
		return known(`${unit.map.tap} ${unit.token}`, () => {
			const start = { from: unit.map.tap, token: unit.token };
			const found: ConstructorParameters<typeof Making<Float32Array>>[2] = async ({ gradients }, work) => {
				const [pixels] = await gradients(start, ['pixel_values'], work);
				if (!pixels) throw new Error('The engine answered without the gradient that was asked for.');
				return effectiveField(pixels);
			};
			return new Making(view.workshop, 'Going back from the place to the pixels', found, /* @wc-include */ 'blocks');
		});
	};
	const field = () => making()?.value ?? null;
	const size = () => view.config.imageSize;
	return {
		id: 'field',
		name: 'Field of this place',
		title: () => (view.unit ? `What ${view.unit.name} uses of the photo` : 'Field of a place'),
		made: () => [making()].filter((one) => one !== null),
		block: () => (view.map ? view.selection.block : null),
		raster: () => ({ rows: Math.ceil(size()[0] / SQUARE), columns: Math.ceil(size()[1] / SQUARE) }),
		values: () => {
			const found = field();
			return found && overPatches(found, size()[1], SQUARE);
		},
		domain: (values) => [0, maximum(values) || 1],
		sentence: () => {
			const { unit } = view;
			const found = field();
			if (!unit) return '';
			const uses = found ? ` ${half(found, size(), unit.middle)}` : '';
			return `${fieldSentence(unit.field)}${uses} Drawn: by how much the sum of its channels moves with each pixel, added up over squares of ${SQUARE} px (effective field, Luo et al. 2016). A scale of its own.`;
		},
		alpha: 'ramp',
		say: (token, name) => {
			const [found, place] = [field(), placeOf(token, view.grid)];
			const { unit } = view;
			if (!found || !place || !unit) return name;
			const { cell } = unit.map;
			const span = (at: number) => [at * cell, (at + 1) * cell - 1] as const;
			const share = shareIn(found, size()[1], span(place.row), span(place.column));
			return capital(`${name}: ${percent(share)} of what ${unit.name} uses`);
		}
	};
}

function half(
	field: Float32Array,
	[height, width]: readonly [number, number],
	middle: readonly [number, number]
): string {
	const side = sideOfHalf(field, width, middle);
	if (side === 0) return 'On this photo it moves with none of them.';
	return side >= 2 * Math.max(height, width)
		? 'It uses the whole of it.'
		: `Half of what it uses lies in the ${side} × ${side} px around it.`;
}
