import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

/** Unit tests and parity tests run in Node, where tfjs is its own CommonJS build. */
export default defineConfig({
	plugins: [sveltekit()],
	test: {
		include: ['src/**/*.test.ts', 'tests/parity/**/*.test.ts', 'scripts/**/*.test.ts'],
		environment: 'node',
		// Quicker to start than processes, of which there would be one for each file.
		pool: 'threads',
		// A test that checks nothing fails.
		expect: { requireAssertions: true },
		testTimeout: 60_000
	}
});
