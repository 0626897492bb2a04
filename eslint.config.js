import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { typographicApostrophes } from './scripts/lib/apostrophe-rule.js';
import { upwardImports } from './scripts/lib/rooms-rule.js';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'node_modules/', 'static/', 'test-results/', 'playwright-report/', '.cache/'] },
	// AssemblyScript, which its own compiler checks, and what that makes of it.
	{ ignores: ['src/lib/engine/ops/wasm/assembly/', 'src/lib/engine/ops/wasm/modules.ts'] },
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			// TypeScript knows better which names exist.
			'no-undef': 'off',
			'no-console': ['error', { allow: ['warn', 'error'] }],
			'@typescript-eslint/consistent-type-imports': 'error',
			// The comment tells what finds the words for other languages that these are some.
			'svelte/no-useless-mustaches': ['error', { ignoreIncludesComment: true }]
		}
	},
	{
		files: ['src/**'],
		plugins: { house: { rules: { 'upward-imports': upwardImports, apostrophes: typographicApostrophes } } },
		rules: { 'house/upward-imports': 'error' }
	},
	{
		files: ['src/**'],
		ignores: ['**/*.test.ts', '**/*testing*', '**/testing/**'],
		rules: { 'house/apostrophes': 'error' }
	},
	{ files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } }
	}
);
