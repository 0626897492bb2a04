import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts of a Vitest JSON report; null if there is none. A file that broke before its first test counts as one failure.
 * @param {string} path
 * @returns {Counts | null}
 */
export function vitestCounts(path) {
	if (!existsSync(path)) return null;
	const report = JSON.parse(readFileSync(path, 'utf8'));
	/** @type {{ status: string, assertionResults: unknown[] }[]} */
	const files = report.testResults;
	const broken = files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + broken.length,
		skipped: report.numPendingTests + report.numTodoTests
	};
}

/**
 * Counts of a Playwright JSON report; null if there is none.
 * @param {string} path
 * @returns {Counts | null}
 */
export function playwrightCounts(path) {
	if (!existsSync(path)) return null;
	const { stats, errors } = JSON.parse(readFileSync(path, 'utf8'));
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/**
 * Add up; a part that left no report counts as one failure, because none of its tests is known to pass.
 * @param {readonly (Counts | null)[]} parts
 * @returns {Counts}
 */
export function total(parts) {
	const none = { passed: 0, failed: 1, skipped: 0 };
	return parts.reduce(
		(/** @type {Counts} */ sum, part) => {
			const { passed, failed, skipped } = part ?? none;
			return { passed: sum.passed + passed, failed: sum.failed + failed, skipped: sum.skipped + skipped };
		},
		{ passed: 0, failed: 0, skipped: 0 }
	);
}
