import { max } from 'd3';
import type { ComponentProps } from 'svelte';
import { attentionRow, blobs, COLUMNS, fixturePhoto, ROWS, slowColours } from './fixtures';
import PhotoOverlay from './PhotoOverlay.canvas.svelte';
import { specimensOf, type Showing } from './specimen';
import { CLS, placeOf } from './tokens';

type Props = ComponentProps<typeof PhotoOverlay>;

/** The block, the head and the first query of what is drawn. */
const AT = { block: 1, head: 2, token: 62 };

function describe(of: number, values: Float32Array): string {
	const place = placeOf(of, { rows: ROWS, columns: COLUMNS });
	const name = place ? `Patch in row ${place.row + 1}, column ${place.column + 1}` : 'CLS token';
	return of === CLS ? name : `${name}\ngets ${(100 * (values[of - 1] ?? 0)).toFixed(2)} % of the attention`;
}

function overlay({ colourMap, set, now }: Showing<Props>): Props {
	const values = attentionRow(AT.block, AT.head, now.hovered ?? now.token ?? AT.token).subarray(1);
	return {
		photo: fixturePhoto(),
		alt: 'a painted landscape',
		rows: ROWS,
		columns: COLUMNS,
		values,
		domain: [0, max(values) ?? 0],
		colourMap,
		opacity: 0.85,
		smooth: false,
		showGrid: true,
		token: AT.token,
		hovered: null,
		onhover: (hovered) => set({ hovered }),
		onpick: (token) => set({ token }),
		describe: (of) => describe(of, values)
	};
}

export default specimensOf(PhotoOverlay, 'photo')(
	{
		name: '',
		note: 'Point at a patch, tap it, or walk with the arrow keys; C leads to the CLS token.',
		props: overlay
	},
	{
		name: 'smooth',
		note: 'Fainter, between the values, and without the patches’ grid.',
		props: (showing) => ({ ...overlay(showing), opacity: 0.6, smooth: true, showGrid: false, name: 'Query, smooth' })
	},
	{
		name: 'CLS',
		note: 'The query is no patch, and another is pointed at.',
		props: (showing) => ({ ...overlay(showing), token: CLS, hovered: 30, name: 'Query, CLS' })
	},
	{
		name: 'colours',
		note: 'A colour a patch in place of values; where the mask leaves patches out, the photo stays.',
		props: (showing) => ({
			...overlay(showing),
			values: null,
			colours: slowColours(),
			mask: blobs(),
			showGrid: false,
			name: 'Query, colours'
		})
	},
	{
		name: 'mask',
		note: 'What is left out is dark and grey, and what is in has a border.',
		props: (showing) => ({ ...overlay(showing), values: null, mask: blobs(), showGrid: false, name: 'Query, mask' })
	},
	{
		name: 'waiting',
		note: 'The space is there before the photo is.',
		props: (showing) => ({ ...overlay(showing), photo: null, values: null, name: 'Query, waiting' })
	}
);
