import { parseArgs } from 'node:util';
import { stop } from './setup.js';

/**
 * Where a command was told to serve.
 * @param {string} command as it is typed, for the line that says how
 * @returns {{ port: number, host: string }}
 */
export function whereToServe(command) {
	try {
		const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
		const port = Number(values.port ?? 4173);
		if (Number.isInteger(port) && port > 0 && port < 65536) return { port, host: values.host ?? '127.0.0.1' };
	} catch {
		// Said below.
	}
	return stop(`Usage: ${command} -- [--port 4173] [--host 127.0.0.1]`);
}

/**
 * Serves what lies in `build/`, and says where.
 * @param {{ port: number, host: string }} where
 */
export async function serveBuilt(where) {
	// Not before the packages are there, which the server needs and `npm start` installs.
	const { listen, siteHandler } = await import('./serve.js');
	const address = await listen(siteHandler('build'), where).catch((error) => stop(`Cannot serve: ${error.message}.`));
	console.log(`\nPatchwork is at ${address}\nStop it with Ctrl+C.`);
}
