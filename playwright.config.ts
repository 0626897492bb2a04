import { defineConfig } from 'playwright/test';
import { CHROMIUM_ARGS, launchLight, launchWith, STILL_ARGS, WEBGPU_ARGS } from './scripts/lib/chromium.js';
import { VIT_TINY, hasVitTiny } from './tests/e2e/shared';
import { TOLERANCE } from './tests/looks/gallery-page';

/**
 * The built site twice: as a bare clone has it, and with ViT-Tiny among its own models. One build does for both,
 * because the server of the tests decides which models lie beside it.
 */
const port = Number(process.env['E2E_PORT'] ?? 4340);
const bare = `http://127.0.0.1:${port}/`;
const full = `http://127.0.0.1:${port + 1}/`;

const server = (url: string, ...models: string[]) => ({
	command: ['node --import tsx tests/e2e/serve.ts', new URL(url).port, ...models].join(' '),
	url,
	reuseExistingServer: false
});
const bundled = ['patchwork-t', 'patchwork-c'].map((id) => `${id}=static/models/${id}`);

export default defineConfig({
	testDir: 'tests/e2e',
	// Much of a test is waiting, and the machine of most contributors has more cores than two.
	workers: 3,
	timeout: 180_000,
	expect: { timeout: 15_000 },
	forbidOnly: true,
	// A screenshot that is missing or different fails, wherever it is taken; `--update-snapshots` renews them.
	updateSnapshots: 'none',
	use: {
		browserName: 'chromium',
		launchOptions: launchLight(),
		screenshot: 'only-on-failure',
		// It would answer in place of the faults that tests make; those of it let it in.
		serviceWorkers: 'block'
	},
	projects: [
		{ name: 'bare', testDir: 'tests/e2e/bare', use: { baseURL: bare } },
		{ name: 'full', testDir: 'tests/e2e/full', use: { baseURL: full } },
		// What another machine draws differs in the edges of letters at most: see tests/looks/README.md.
		{
			name: 'looks',
			testDir: 'tests/looks',
			fullyParallel: true,
			snapshotPathTemplate: 'tests/looks/baselines/{arg}{ext}',
			expect: { toHaveScreenshot: TOLERANCE, toMatchSnapshot: TOLERANCE },
			use: { baseURL: bare, launchOptions: launchWith([...CHROMIUM_ARGS, ...STILL_ARGS]) }
		},
		// The lesson's figures in windows of three sizes: see tests/steps/README.md.
		{ name: 'steps', testDir: 'tests/steps', use: { baseURL: bare } },
		// These build and serve pages of their own.
		{
			name: 'gpu',
			testDir: 'tests/gpu',
			use: { launchOptions: launchWith([...CHROMIUM_ARGS, ...WEBGPU_ARGS]) }
		}
	],
	webServer: [server(bare, ...bundled), server(full, ...bundled, ...(hasVitTiny ? [`vit-tiny=${VIT_TINY}`] : []))]
});
