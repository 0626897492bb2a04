import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

/** The main path in Firefox and WebKit: `npm run test:browsers`. */
export default defineConfig({
	plugins: [sveltekit()],
	test: {
		environment: 'node',
		include: ['tests/browsers/**/*.test.ts'],
		globalSetup: 'tests/browsers/setup.ts',
		pool: 'forks',
		// Node 20 keeps the client that Firefox is driven with behind a flag, which later ones still take.
		execArgv: ['--experimental-websocket'],
		testTimeout: 300_000,
		hookTimeout: 120_000
	}
});
