import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../tests/hub/folders';
import { playwrightCounts, total, vitestCounts } from './summary.js';

function inFile<T>(report: unknown, read: (path: string) => T): T {
	const folder = makeFolder({ 'report.json': report });
	try {
		return read(`${folder.path}/report.json`);
	} finally {
		folder.remove();
	}
}

describe('the counts of a test run', () => {
	it("come from Vitest's report, a broken file as one failure", () => {
		const testResults = [
			{ status: 'failed', assertionResults: [] },
			{ status: 'failed', assertionResults: [{}] }
		];
		const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults };
		expect(inFile(report, vitestCounts)).toEqual({ passed: 5, failed: 2, skipped: 3 });
	});

	it("come from Playwright's report, a failed start as one failure", () => {
		const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
		expect(inFile({ stats, errors: [{}] }, playwrightCounts)).toEqual({ passed: 4, failed: 3, skipped: 2 });
	});

	it('are added up, a missing report as one failure', () => {
		expect(vitestCounts('nowhere.json')).toBeNull();
		expect(playwrightCounts('nowhere.json')).toBeNull();
		expect(total([{ passed: 1, failed: 2, skipped: 3 }, null])).toEqual({ passed: 1, failed: 3, skipped: 3 });
	});
});
