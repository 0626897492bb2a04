import { readdirSync, readFileSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

const FOLDERS = ['src', 'scripts', 'tests/parity'];

const files = FOLDERS.flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
).filter((name) => name.endsWith('.test.ts'));

/** A module that one of these has replaced must be no other file's. */
const replacing = files.filter((file) => readFileSync(file, 'utf8').includes('vi.mock('));

/** Unit tests and parity tests run in Node, where tfjs is its own CommonJS build. */
export default defineConfig({
	plugins: [sveltekit()],
	test: {
		environment: 'node',
		// Quicker to start than processes, of which there would be one for each file.
		pool: 'threads',
		// A test that checks nothing fails.
		expect: { requireAssertions: true },
		testTimeout: 60_000,
		projects: [
			// Loading what is tested, tfjs above all, once for each thread and not for each file takes half the time away.
			{
				extends: true,
				test: {
					name: 'together',
					include: FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
					exclude: replacing,
					isolate: false
				}
			},
			{ extends: true, test: { name: 'alone', include: replacing } }
		]
	}
});
