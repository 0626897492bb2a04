import { answerText } from '../marks/scores';
import type { FigurePicture, GridPicture } from '../export/pictures';
import type { App } from '../app/app.svelte';
import { formatWeight } from '../views/words';

/** The large figure as it stands, with the words that a picture needs when it is alone. */
export function figureOf(app: App): FigurePicture {
	const { view, settings } = app;
	const { overlaid, grid, picture: photo, look, share } = view;
	if (!photo) throw new Error('There is no photo yet.');
	const { values, domain, alpha, note } = overlaid;
	const { colourMap, smooth, opacity } = settings;
	const query = settings.overlay === 'attention' ? [look, share].filter(Boolean).join(' ') : '';
	return {
		...grid,
		photo,
		map: values && { ...grid, values, domain, colourMap, smooth, alpha, opacity },
		showGrid: view.showGrid,
		format: formatWeight,
		token: view.token,
		title: view.title,
		lines: [query, note, sourceLine(app)].filter(Boolean)
	};
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
		shared: settings.scale === 'shared' ? view.domainOf(0, 0) : null,
		colourMap: settings.colourMap,
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
