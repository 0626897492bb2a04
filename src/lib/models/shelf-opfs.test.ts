import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isBusy, patiently } from './shelf-opfs';

const busy = () => new DOMException('', 'NoModificationAllowedError');

describe('a file that somebody else writes', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('is waited for', async () => {
		const work = vi.fn<() => Promise<string>>().mockRejectedValueOnce(busy()).mockResolvedValue('done');
		const waiting = patiently(work);
		await vi.runAllTimersAsync();
		expect(await waiting).toBe('done');
		expect(work).toHaveBeenCalledTimes(2);
	});

	it('is given up where it stays so, with what the browser said', async () => {
		const work = vi.fn(() => Promise.reject(busy()));
		const waiting = patiently(work).catch(isBusy);
		await vi.runAllTimersAsync();
		expect(await waiting).toBe(true);
		expect(work).toHaveBeenCalledTimes(10);
	});

	it('is not waited for where the browser refuses for another reason', async () => {
		const work = vi.fn(() => Promise.reject(new DOMException('', 'NotFoundError')));
		await expect(patiently(work)).rejects.toThrow(DOMException);
		expect(work).toHaveBeenCalledOnce();
	});
});
