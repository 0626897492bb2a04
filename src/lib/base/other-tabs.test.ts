import { describe, expect, it, vi } from 'vitest';
import { whenWrittenElsewhere } from './other-tabs';

describe('what another tab writes', () => {
	const written = (key: string | null) => Object.assign(new Event('storage'), { key });

	it('is told of the setting that it is about, and of all where all was cleared', () => {
		const [tabs, tell] = [new EventTarget(), vi.fn()];
		whenWrittenElsewhere('patchwork.one', tell, tabs);
		tabs.dispatchEvent(written('patchwork.two'));
		expect(tell).not.toHaveBeenCalled();
		tabs.dispatchEvent(written('patchwork.one'));
		tabs.dispatchEvent(written(null));
		expect(tell).toHaveBeenCalledTimes(2);
	});

	it('is nothing where there are no tabs', () => {
		expect(() => whenWrittenElsewhere('patchwork.one', () => expect.fail())).not.toThrow();
	});
});
