import { linesBefore, windowLines, windowParts } from '../analysis/window-places';
import { windowLayout } from '../engine/swin/windows';
import { swinConfig } from './fixtures';
import { specimensOf } from './specimen';
import WindowMarks from './WindowMarks.svg.svelte';

/** The windows of the first stage's first block, or of its second, which are shifted. */
function windows(block: 0 | 1) {
	const config = swinConfig();
	const layout = windowLayout(config, 0, block);
	const { rows, columns } = layout.map;
	return {
		rows,
		columns,
		lines: windowLines(layout),
		before: linesBefore(config, 0, layout),
		parts: windowParts(layout, 0)
	};
}

export default specimensOf(WindowMarks, 'photo')(
	{ name: '', note: 'The query’s own window; all else is dimmed.', box: [204, 168], props: () => windows(0) },
	{
		name: 'shifted',
		note: 'A window that the roll has brought round the edges, and where the windows were before.',
		box: [204, 168],
		props: () => windows(1)
	}
);
