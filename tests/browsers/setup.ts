import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { siteHandler } from '../../scripts/lib/serve.js';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of the built site, with a slash at its end. */
		site: string;
	}
}

/** Serves the build as long as the tests run. @returns what ends it */
export default async function setup({ provide }: TestProject) {
	const server = createServer(siteHandler('build')).listen(0, '127.0.0.1');
	await once(server, 'listening');
	provide('site', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
	return () => {
		server.closeAllConnections();
		server.close();
	};
}
