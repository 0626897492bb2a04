import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Counts with the names of what failed */

/**
 * Counts of a Vitest JSON report; null if there is none. A file that broke before its first test counts as one failure.
 * @param {string} path
 * @returns {Counts | null}
 */
export function vitestCounts(path) {
	if (!existsSync(path)) return null;
	const report = JSON.parse(readFileSync(path, 'utf8'));
	/** @type {{ name: string, status: string, assertionResults: unknown[] }[]} */
	const files = report.testResults;
	const broken = files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + broken.length,
		skipped: report.numPendingTests + report.numTodoTests,
		failures: [...broken.map(({ name }) => name), ...report.testResults.flatMap(failedIn)]
	};
}

/** @param {{ name: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }} file */
function failedIn({ name, assertionResults }) {
	const failed = assertionResults.filter(({ status }) => status === 'failed');
	return failed.map(({ fullName, failureMessages: [why = ''] }) => `${name}: ${fullName}: ${why.split('\n')[0]}`);
}

/**
 * Counts of a Playwright JSON report; null if there is none.
 * @param {string} path
 * @returns {Counts | null}
 */
export function playwrightCounts(path) {
	if (!existsSync(path)) return null;
	const { stats, errors, suites = [] } = JSON.parse(readFileSync(path, 'utf8'));
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + errors.length,
		skipped: stats.skipped,
		failures: [...errors.map(headOf), ...suites.flatMap(failedSpecs)]
	};
}

/** @param {{ message?: string }} error what failed beside the tests: a file that is no code, a server that did not start */
const headOf = ({ message = '' }) => message.split('\n')[0] ?? '';

/**
 * @typedef {{ file: string, suites?: Suite[], specs?: { title: string, ok: boolean, line: number }[] }} Suite
 * @param {Suite} suite
 * @returns {string[]}
 */
function failedSpecs({ file, suites = [], specs = [] }) {
	const here = specs.filter(({ ok }) => !ok).map(({ title, line }) => `${file}:${line}: ${title}`);
	return [...here, ...suites.flatMap(failedSpecs)];
}

/**
 * Add up; a part that left no report counts as one failure, because none of its tests is known to pass.
 * @param {readonly (Counts | null)[]} parts
 * @returns {Counts}
 */
export function total(parts) {
	const none = { passed: 0, failed: 1, skipped: 0, failures: ['a part that left no report'] };
	return parts.reduce(
		(/** @type {Counts} */ sum, part) => {
			const { passed, failed, skipped, failures } = part ?? none;
			return {
				passed: sum.passed + passed,
				failed: sum.failed + failed,
				skipped: sum.skipped + skipped,
				failures: [...sum.failures, ...failures]
			};
		},
		{ passed: 0, failed: 0, skipped: 0, failures: [] }
	);
}
