import { weightPercent } from '../marks/numbers';
import { answerText } from '../marks/scores';
import type { FigurePicture, GridPicture } from '../export/pictures';
import type { app as Instance } from '../app/app.svelte';
import { stageMap, type SwinConfig } from '../engine/swin/config';
import { lookCaption } from '../views/windows/words';
import { gridSize } from '../marks/tokens';
import { formatWeight, scaleNote, tokenName } from '../views/words';

type App = typeof Instance;

/** The large figure as it stands, with the words that a picture needs when it is alone. */
export function figureOf(app: App): FigurePicture {
	const { swin, selection, settings } = app;
	const view = swin.run ? swin : app.view;
	const { layer, grid } = view;
	const photo = view.picture;
	if (!photo) throw new Error('There is no photo yet.');
	const { values, domain, alpha } = layer;
	const { colourMap, smooth, opacity } = settings;
	const attended = settings.overlay === 'attention';
	return {
		...grid,
		photo,
		map: values && { ...grid, values, domain, colourMap, smooth, alpha, opacity },
		showGrid: view.showGrid,
		format: formatWeight,
		token: swin.run ? swin.token : selection.token,
		title: view.title,
		lines: [...(attended ? [queryLine(app)] : []), layer.note, sourceLine(app)].filter(Boolean)
	};
}

/** The grid of all heads as it stands. */
export function gridOf(app: App): GridPicture {
	const { view, settings, swin } = app;
	if (swin.run) return stageGridOf(app, swin.run.config);
	const shared = settings.scale === 'shared';
	return {
		...view.grid,
		maps: view.maps.map((row) =>
			row.map(({ block, head, values }) => ({ values, domain: view.domainOf(block, head) }))
		),
		shared: shared ? view.domainOf(0, 0) : null,
		colourMap: settings.colourMap,
		format: formatWeight,
		title: 'Every head of every block',
		lines: [queryLine(app, false), scaleNote(settings.scale, 0, view.grid), sourceLine(app)]
	};
}

/** The heads of the chosen stage: the others have other numbers of them. */
function stageGridOf(app: App, config: SwinConfig): GridPicture {
	const { swin, settings, selection } = app;
	const blocks = swin.run?.blocks ?? [];
	const { stage, layout } = blocks[selection.block]?.heads ?? { stage: 0, layout: { window: { rows: 1, columns: 1 } } };
	const shared = settings.scale === 'shared';
	return {
		...layout.window,
		maps: swin.maps
			.filter((_, i) => blocks[i]?.heads.stage === stage)
			.map((row) => row.map(({ block, head, values }) => ({ values, domain: swin.domainOf(block, head) }))),
		shared: shared ? swin.domainOf(0, 0) : null,
		colourMap: settings.colourMap,
		format: formatWeight,
		title: `Every head of stage ${stage + 1}, in the query’s window`,
		lines: [queryLine(app, false), `Of ${gridSize(stageMap(config, stage), 'tokens')} in this stage.`, sourceLine(app)]
	};
}

function queryLine({ view, selection, swin }: App, withCls = true): string {
	const map = swin.chosen?.attention.layout.map;
	if (map) return `${lookCaption(swin.query, map, selection.direction)}, in its window.`;
	const name = tokenName(selection.token, view.grid);
	const what = selection.direction === 'from' ? `What ${name} attends to.` : `What attends to ${name}.`;
	const cls = view.map?.cls ?? null;
	if (!withCls || cls === null) return what;
	return `${what} ${selection.direction === 'from' ? 'To' : 'From'} CLS: ${weightPercent(cls)}.`;
}

function sourceLine({ session, entry }: App): string {
	const { shown } = session;
	const said = shown ? answerText(shown.result, shown.model.config.scores) : '';
	const guess = said && `: ${said}`;
	return `${entry?.title ?? shown?.model.id ?? ''} on ${shown?.photo.title ?? ''}${guess}. Made with Patchwork.`;
}
