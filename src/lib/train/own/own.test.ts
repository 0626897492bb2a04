import { describe, expect, it, vi } from 'vitest';
import { letGoOf } from '../../base/forgetting';
import { forgetClasses, keepClasses } from './keep';
import { album } from './own';

vi.mock('./keep', () => ({
	keepClasses: vi.fn(async () => {}),
	loadClasses: vi.fn(async () => []),
	forgetClasses: vi.fn(async () => {})
}));

const named = (name: string) => [{ id: name, name, photos: [] }];

describe('classes that are forgotten on another page', () => {
	it('are not written again by the tab that has them', async () => {
		await album.remember(true);
		album.change(named('cats'));
		await vi.waitFor(() => expect(keepClasses).toHaveBeenLastCalledWith(named('cats')));
		const written = vi.mocked(keepClasses).mock.calls.length;
		await letGoOf('classes');
		expect(forgetClasses).toHaveBeenCalledOnce();
		album.change(named('dogs'));
		await album.remember(false);
		expect(keepClasses).toHaveBeenCalledTimes(written);
		expect(album.classes).toEqual(named('dogs'));
	});
});
