import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../../base/errors';
import { takeFiles, type Open } from './intake';

/** Takes a file's text for what it shows. */
const open: Open = async (file, title) => {
	const id = await file.text();
	if (id === 'bad') throw new PatchworkError('photo', 'This is no photo.');
	return { id, title, blob: file, thumb: new Blob() };
};
const files = (...texts: string[]) => texts.map((text, i) => new File([text], `${i}.jpg`));

describe('files that become photos', () => {
	it('go on past a bad one, which gets its sentence', async () => {
		const opened: number[] = [];
		const found = await takeFiles(files('a', 'bad', 'b'), () => null, { open, onopened: () => void opened.push(1) });
		expect(found.photos.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(found.refused).toEqual([{ name: '1.jpg', why: 'This is no photo.' }]);
		expect(opened).toHaveLength(3);
	});

	it('count once each', async () => {
		const known = (id: string) => (id === 'c' ? '“cats”' : null);
		const { photos, refused } = await takeFiles(files('a', 'a', 'c'), known, { open });
		expect(photos).toHaveLength(1);
		expect(refused.map(({ name, why }) => [name, why.split(',')[0]])).toEqual([
			['1.jpg', 'It is the same photo as one in what you just added'],
			['2.jpg', 'It is the same photo as one in “cats”']
		]);
	});

	it('stop where they are cancelled', async () => {
		const stop: Open = async () => Promise.reject(new PatchworkError('cancelled', 'Cancelled.'));
		await expect(takeFiles(files('a'), () => null, { open: stop })).rejects.toMatchObject({ code: 'cancelled' });
	});
});
