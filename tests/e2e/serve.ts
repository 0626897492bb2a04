// serve.ts PORT ID=FOLDER ...: the built site, with exactly these models as its own.
import { folderHandler, isolate, listen, siteHandler } from '../../scripts/lib/serve.js';
import { modelFiles, siteIndex } from '../../src/lib/models/local.server';

const [port, ...pairs] = process.argv.slice(2);
const models = pairs.map((pair) => pair.split('=') as [id: string, folder: string]);
const index = JSON.stringify(Object.fromEntries(models.map(([id, folder]) => [id, modelFiles(folder)])));
const folders = new Map(models.map(([id, folder]) => [id, folderHandler(folder)]));
const hidden = Object.keys(siteIndex('build/models')).filter((id) => !folders.has(id));
const site = siteHandler('build');

await listen(
	(request, response) => {
		const url = request.url ?? '/';
		const [, id = '', file = ''] = /^\/models\/([^/]+)(\/[^?]+)/.exec(url) ?? [];
		const folder = folders.get(id);
		isolate(response);
		if (url === '/models.json') {
			response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' }).end(index);
		} else if (folder) {
			request.url = file;
			folder(request, response, () => void response.writeHead(404).end());
		} else if (hidden.includes(id)) {
			response.writeHead(404).end();
		} else {
			site(request, response);
		}
	},
	{ port: Number(port), host: '127.0.0.1', tries: 1 }
);
