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
			{ name: 'a.test.ts', status: 'failed', assertionResults: [] },
			{
				name: 'b.test.ts',
				status: 'failed',
				assertionResults: [
					{ status: 'passed', fullName: 'a thing stands', failureMessages: [] },
					{ status: 'failed', fullName: 'a thing moves', failureMessages: ['Error: it stood\n    at b.test.ts'] }
				]
			}
		];
		const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults };
		expect(inFile(report, vitestCounts)).toEqual({
			passed: 5,
			failed: 2,
			skipped: 3,
			failures: ['a.test.ts', 'b.test.ts: a thing moves: Error: it stood']
		});
	});

	it("come from Playwright's report, a failed start as one failure", () => {
		const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
		const specs = [
			{ title: 'a page opens', line: 3, ok: true },
			{ title: 'a page closes', line: 9, ok: false }
		];
		const suites = [{ file: 'page.test.ts', suites: [{ file: 'page.test.ts', specs }] }];
		expect(inFile({ stats, errors: [{ message: 'no server\n  at all' }], suites }, playwrightCounts)).toEqual({
			passed: 4,
			failed: 3,
			skipped: 2,
			failures: ['no server', 'page.test.ts:9: a page closes']
		});
	});

	it('are added up, a missing report as one failure', () => {
		expect(vitestCounts('nowhere.json')).toBeNull();
		expect(playwrightCounts('nowhere.json')).toBeNull();
		const failures = ['a.test.ts'];
		expect(total([{ passed: 1, failed: 2, skipped: 3, failures }, null])).toEqual({
			passed: 1,
			failed: 3,
			skipped: 3,
			failures: ['a.test.ts', 'a part that left no report']
		});
	});
});
