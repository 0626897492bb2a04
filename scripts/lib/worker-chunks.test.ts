import { expect, it } from 'vitest';
import { isOfEngine } from './worker-chunks.js';

const importers: Readonly<Record<string, readonly string[]>> = {
	'/site/src/lib/worker/serve.ts': [],
	'/site/src/lib/worker/host.ts': ['/site/src/lib/worker/serve.ts'],
	'/site/src/lib/engine/trace.ts': ['/site/src/lib/engine/lean.ts', '/site/src/lib/worker/host.ts'],
	'/site/src/lib/engine/lean.ts': ['/site/src/lib/engine/trace.ts'],
	'/site/src/lib/engine/backends/webgl.ts': []
};

const isOf = (name: string) => isOfEngine(`/site/src/lib/${name}.ts`, (id) => ({ importers: importers[id] ?? [] }));

it('puts into the engine’s file all that it imports before it listens, and nothing that comes later', () => {
	const names = [
		'worker/serve',
		'worker/host',
		'engine/trace',
		'engine/lean',
		'engine/backends/webgl',
		'base/lifeline'
	];
	expect(names.filter(isOf)).toEqual(['worker/serve', 'worker/host', 'engine/trace', 'engine/lean']);
});
