import { DIVERGING } from '../marks/colour';
import { percent } from '../marks/numbers';
import { answerText } from '../marks/scores';
import { exportMeta, type ExportMeta } from '../export/attention';
import type { CsvCell } from '../export/csv';
import { cutOut } from '../export/mask-picture';
import type { FigurePicture, GridPicture } from '../export/pictures';
import type { App } from '../app/app.svelte';
import type { Shown } from '../run/shown';
import type { NamedArray } from '../views/family';
import type { ModelView } from '../views/model-view';
import { formatWeight } from '../views/words';

/** The large figure as it stands, with the words that a picture needs when it is alone. */
export function figureOf(app: App): FigurePicture {
	const { view, settings } = app;
	const { overlaid, grid, picture: photo, look, share } = view;
	if (!photo) throw new Error('There is no photo yet.');
	const { values, raster, colours, mask, domain, alpha, isSigned, note } = overlaid;
	const { smooth, opacity } = settings;
	const colourMap = isSigned ? DIVERGING : settings.colourMap;
	const query = ['attention', 'mask'].includes(view.overlay.id) ? [look, share].filter(Boolean).join(' ') : '';
	const shares = overlaid.shares?.map((share, i) => `${CHANNELS[i]}: component ${i + 1}, ${percent(share)}`).join('; ');
	return {
		...grid,
		photo,
		map: values && { ...grid, ...raster, values, domain, colourMap, smooth, alpha, opacity },
		colours: colours && { ...grid, colours, mask, smooth, opacity },
		mask: mask && !colours ? { ...grid, mask, opacity } : null,
		showGrid: view.showGrid,
		format: formatWeight,
		token: view.token,
		title: view.title,
		lines: [query, shares ?? '', note, sourceLine(app)].filter(Boolean)
	};
}

const CHANNELS = ['Red', 'Green', 'Blue'];

/** The part of the photo that the mask holds, transparent elsewhere. */
export function cutOutOf({ picture, overlaid, grid }: ModelView): HTMLCanvasElement {
	if (!picture || !overlaid.mask) throw new Error('There is no mask over a photo.');
	return cutOut(picture, overlaid.mask, grid);
}

/** What lies over the photo as numbers: a row of patches or tokens after the other; none of the photo alone. */
export function overlayArrays({ overlaid, overlay, grid }: ModelView): NamedArray[] {
	const { values, raster, colours, mask } = overlaid;
	const shape = [grid.rows, grid.columns];
	const axes = ['row', 'column'];
	return [
		...(values ? [{ name: overlay.id, shape: [raster.rows, raster.columns], axes, data: values }] : []),
		...(colours
			? [
					{
						name: overlay.id,
						shape: [...shape, 3],
						axes: [...axes, 'red, green, blue'],
						data: Float32Array.from(colours)
					}
				]
			: []),
		...(mask ? [{ name: 'mask', shape, axes, data: Float32Array.from(mask) }] : [])
	];
}

/** The same as a table: a line a patch or token of the overlay's raster, its place counted from 0. */
export function overlayRows(view: ModelView): CsvCell[][] {
	const arrays = overlayArrays(view);
	const [first] = arrays;
	const columns = first?.shape[1] ?? 1;
	const names = arrays.flatMap(({ name, shape }) => (shape[2] ? COLOURS.map((colour) => `${name} ${colour}`) : [name]));
	const places = (first?.shape[0] ?? 0) * columns;
	const lines = Array.from({ length: places }, (_, i) => [
		Math.floor(i / columns),
		i % columns,
		...arrays.flatMap(({ data }) => [...data.subarray((i * data.length) / places, ((i + 1) * data.length) / places)])
	]);
	return [['row', 'column', ...names], ...lines];
}

const COLOURS = ['red', 'green', 'blue'];

/** What says what they are. */
export function overlayMeta(shown: Shown, { title, overlaid }: ModelView): ExportMeta & { overlay: object } {
	return { ...exportMeta(shown), axes: ['row', 'column'], overlay: { title, sentence: overlaid.note } };
}

/** The grid of all heads as it stands; of those of the chosen block's group where the others have other numbers of them. */
export function gridOf(app: App): GridPicture {
	const { view, settings, selection } = app;
	const { rows, columns, first, blocks, caption, note } =
		view.groups.findLast(({ first }) => first <= selection.block) ?? NONE;
	return {
		rows,
		columns,
		maps: view.maps
			.slice(first, first + blocks)
			.map((row) => row.map(({ block, head, values }) => ({ values, domain: view.domainOf(block, head) }))),
		shared: settings.scale === 'shared' ? view.domainOf(first, 0) : null,
		colourMap: view.areMapsSigned ? DIVERGING : settings.colourMap,
		format: formatWeight,
		title: caption,
		lines: [view.look, note, sourceLine(app)].filter(Boolean)
	};
}

/** Stands in for the maps of a model that has none. */
const NONE = { rows: 1, columns: 1, first: 0, blocks: 0, caption: 'No heads', note: '' };

function sourceLine({ session, entry }: App): string {
	const { shown } = session;
	const said = shown ? answerText(shown.result, shown.model.config.scores) : '';
	const guess = said && `: ${said}`;
	return `${entry?.title ?? shown?.model.id ?? ''} on ${shown?.photo.title ?? ''}${guess}. Made with Patchwork.`;
}
