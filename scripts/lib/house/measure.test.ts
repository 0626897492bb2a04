import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { measure, roomGraph } from './measure';
import { houseReport } from './report';

/** A house of two rooms that lean on each other. */
const FILES = {
	'lib/marks/dot.ts': "import type { View } from '../views/view';\nexport const dot = (view: View) => view;\n",
	'lib/views/view.ts':
		"import { dot } from '../marks/dot';\nexport function view() {\n\treturn isViT(dot) ? 1 : 2;\n}\nexport type View = 1;\n",
	'lib/views/view.test.ts': "import { view } from './view';\nview();\n"
};

it('measures a house', () => {
	const src = mkdtempSync(join(tmpdir(), 'house-'));
	onTestFinished(() => rmSync(src, { recursive: true }));
	for (const [file, text] of Object.entries(FILES)) {
		mkdirSync(dirname(join(src, file)), { recursive: true });
		writeFileSync(join(src, file), text);
	}
	const measures = measure(src);
	expect(measures).toEqual({
		files: 2,
		lines: 7,
		fileLength: { count: 2, median: 2, p90: 5 },
		functionLength: { count: 1, median: 3, p90: 3 },
		asking: new Map([['lib/views/view.ts', 1]]),
		roomCircles: [['marks', 'views']],
		siteRoomCircles: [['marks', 'views']],
		fileCircles: [['lib/marks/dot.ts', 'lib/views/view.ts']]
	});
	const walk = { title: 'a dot', length: { through: 2, ops: 0, beside: 1 }, faults: ['a -> b: it is not so.'] };
	const report = houseReport(measures, [walk], true);
	expect(report).toMatch(/walk of a dot +2, and 1 beside them \(not so: 1 hops/);
	expect(report).toMatch(/ask for the family +1, 1 times/);
	expect(report).toMatch(/circles of rooms +1 \(marks, views\)/);
	expect(report).toContain(' 1  lib/views/view.ts');
	expect(report).toContain('a -> b: it is not so.');
});

it('knows which room imports from which, and leaves out what is in none', () => {
	const graph = new Map([
		['lib/marks/a.ts', ['lib/marks/b.ts', 'lib/base/c.ts']],
		['service-worker.ts', ['lib/base/c.ts']]
	]);
	expect(roomGraph(graph)).toEqual(new Map([['marks', ['base']]]));
});
