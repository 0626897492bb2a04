import { describe, expect, it, vi } from 'vitest';
import { PatchworkError } from '../../base/errors';
import { allOf, forgetEach, outcome } from './each';
import { keptThings, type KeptThing } from './kept-things';

const [photo, classes, grown] = keptThings('') as readonly [KeptThing, KeptThing, KeptThing];
const THREE = [photo, classes, grown];

describe('things that are forgotten', () => {
	it('are so each by itself, and those that stay are named with the reason', async () => {
		const forget = vi.fn(async ({ id }: KeptThing) => {
			if (id === 'photo') throw new DOMException('', 'NoModificationAllowedError');
			if (id === 'classes') throw new PatchworkError('storage', 'The disk is gone.');
		});
		const stayed = await forgetEach(THREE, forget);
		expect(forget.mock.calls.map(([{ id }]) => id)).toEqual(['photo', 'classes', 'grown']);
		expect(outcome(THREE, stayed)).toEqual({
			kind: 'error',
			message:
				'Not forgotten: Your last photo. A model is still being written: cancel its download, in whichever tab that is, ' +
				'and try again. Not forgotten: Classes of your own. The disk is gone. All else is forgotten.'
		});
	});

	it('are said to be, one or all', () => {
		expect(outcome([photo], []).message).toBe('Forgotten: Your last photo.');
		expect(outcome(THREE, []).message).toBe('All of it is forgotten.');
	});

	it('say nothing of a rest where there is none', async () => {
		const stayed = await forgetEach([photo], () => Promise.reject(new Error('no')));
		expect(outcome([photo], stayed).message).toMatch(/^Not forgotten: Your last photo\. This browser .* data\.$/);
	});
});

describe('works of one thing', () => {
	it('are all done, whichever fail, and the first failure is told', async () => {
		const last = vi.fn();
		const fails = (why: string) => () => Promise.reject(new Error(why));
		await expect(allOf([fails('one'), fails('two'), last])).rejects.toThrow('one');
		expect(last).toHaveBeenCalledOnce();
	});
});
