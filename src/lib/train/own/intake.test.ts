import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../../base/errors';
import { takeFiles, type Open } from './intake';

/** Takes a file's text for what it shows. */
const open: Open = async (file, title) => {
	const id = await file.text();
	if (id === 'bad') throw new PatchworkError('photo', 'This is no photo.');
	return { id, title, blob: file, thumb: new Blob() };
};

/** What becomes of files, as if each photo that was taken were in a class. */
async function take(...texts: string[]) {
	const photos: string[] = [];
	const refused = await takeFiles(
		texts.map((text, i) => new File([text], `${i}.jpg`)),
		{ open, known: (id) => (photos.includes(id) ? 'cats' : null), onphoto: ({ id }) => void photos.push(id) }
	);
	return { photos, refused };
}

describe('files that become photos', () => {
	it('go on past a bad one, which gets its sentence', async () => {
		const { photos, refused } = await take('a', 'bad', 'b');
		expect(photos).toEqual(['a', 'b']);
		expect(refused).toEqual([{ name: '1.jpg', why: 'This is no photo.' }]);
	});

	it('count once each', async () => {
		const { photos, refused } = await take('a', 'b', 'a');
		expect(photos).toEqual(['a', 'b']);
		expect(refused).toEqual([
			{ name: '2.jpg', why: expect.stringContaining('the same photo as one in “cats”') as string }
		]);
	});

	it('stop where they are cancelled', async () => {
		const signal = AbortSignal.abort();
		const taken = takeFiles([new File(['a'], 'a.jpg')], { open, known: () => null, onphoto: () => undefined, signal });
		await expect(taken).rejects.toThrow();
	});
});
