import { expect, it } from 'vitest';
import { makeFolder } from '../../tests/hub/folders';
import { offlineList } from './offline-list.js';

it('lists pages by their folders, with their data and all code; models and the recorded run are left out', () => {
	const paths = [
		'index.html',
		'404.html',
		'learn/index.html',
		'learn/__data.json',
		'models/index.html',
		'models/a/model.safetensors',
		'models.json',
		'recorded/run.json',
		'samples/a.webp',
		'_app/version.json',
		'_app/immutable/workers/chunks/a.js',
		'_app/immutable/assets/a.woff2',
		'_app/immutable/assets/a.ttf',
		'offline.json',
		'service-worker.js'
	];
	const folder = makeFolder(Object.fromEntries(paths.map((path) => [path, new Uint8Array(1)])));
	try {
		expect(offlineList(folder.path)).toEqual([
			'',
			'_app/immutable/assets/a.woff2',
			'_app/immutable/workers/chunks/a.js',
			'learn/',
			'learn/__data.json',
			'models.json',
			'models/',
			'samples/a.webp'
		]);
	} finally {
		folder.remove();
	}
});
