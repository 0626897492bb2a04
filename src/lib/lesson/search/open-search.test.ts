import { mount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSearch } from './open-search';

vi.mock('svelte', async (original) => ({ ...(await original<object>()), mount: vi.fn(() => ({})) }));
vi.mock('./SearchDialog.svelte', () => ({ default: {} }));

describe('the search', () => {
	const found = vi.fn<() => object | null>(() => null);

	beforeEach(() => {
		vi.stubGlobal('document', { body: {}, querySelector: found });
		found.mockReturnValue(null);
		vi.mocked(mount).mockClear();
	});
	afterEach(() => vi.unstubAllGlobals());

	it('is opened once, however often it is asked for while it comes', async () => {
		await Promise.all([openSearch('no-slash'), openSearch('no-slash')]);
		expect(mount).toHaveBeenCalledOnce();
		await openSearch('no-slash');
		expect(mount).toHaveBeenCalledTimes(2);
	});

	it('is not opened over a dialog that was opened while it came', async () => {
		const opening = openSearch('no-slash');
		found.mockReturnValue({});
		await opening;
		expect(mount).not.toHaveBeenCalled();
	});

	it('can be asked for again where it could not come', async () => {
		vi.mocked(mount).mockImplementationOnce(() => {
			throw new Error('offline');
		});
		await expect(openSearch('no-slash')).rejects.toThrow('offline');
		await openSearch('no-slash');
		expect(mount).toHaveBeenCalledTimes(2);
	});
});
