import { afterEach, describe, expect, it, vi } from 'vitest';
import { photoFromTransfer, pickFromTransfer, type Transfer } from './from-transfer';

const png = new File(['pixels'], 'a.png', { type: 'image/png' });
const note = new File(['words'], 'a.txt', { type: 'text/plain' });

function transfer(files: File[], data: Record<string, string> = {}): Transfer {
	return { files: files as unknown as FileList, getData: (type) => data[type] ?? '' };
}

afterEach(() => vi.unstubAllGlobals());

describe('pickFromTransfer', () => {
	it('prefers a file to an address, and a picture to another file', () => {
		const picked = pickFromTransfer(transfer([note, png], { 'text/uri-list': 'https://a.example/b.png' }));
		expect(picked).toEqual({ kind: 'file', file: png });
	});

	it('takes a file that is no picture if there is no other, so that its refusal can name it', () => {
		expect(pickFromTransfer(transfer([note]))).toEqual({ kind: 'file', file: note });
	});

	it.each([
		[
			'the picture, not the link around it',
			{
				'text/html': '<a href="https://a.example/page"><img alt="x" src="https://a.example/b.png?c=1&amp;d=2"></a>',
				'text/uri-list': 'https://a.example/page'
			},
			'https://a.example/b.png?c=1&d=2'
		],
		[
			'the first address that is no comment',
			{ 'text/uri-list': '# from a page\r\nhttps://a.example/b.png\r\nhttps://a.example/c.png' },
			'https://a.example/b.png'
		],
		['a pasted address', { 'text/plain': ' https://a.example/b.png\n' }, 'https://a.example/b.png'],
		['a pasted data address', { 'text/plain': 'data:image/png;base64,AAAA' }, 'data:image/png;base64,AAAA']
	])('finds %s', (_, data, url) => {
		expect(pickFromTransfer(transfer([], data as Record<string, string>))).toEqual({ kind: 'url', url });
	});

	it.each([{}, { 'text/plain': 'a poem, see https://a.example' }, { 'text/html': '<p>no picture</p>' }])(
		'says when there is none in %j',
		(data) => {
			expect(() => pickFromTransfer(transfer([], data as Record<string, string>))).toThrow(
				/no picture in what was dropped or pasted/
			);
		}
	);
});

describe('photoFromTransfer', () => {
	it('returns a file as it is, and reads the transfer before anything else happens', async () => {
		const files = [png];
		const photo = photoFromTransfer(transfer(files));
		files.pop();
		expect(await photo).toBe(png);
	});

	it('fetches an address', async () => {
		vi.stubGlobal('fetch', async () => new Response('pixels', { headers: { 'content-type': 'image/png' } }));
		const photo = await photoFromTransfer(transfer([], { 'text/plain': 'https://a.example/b.png' }));
		expect(await photo.text()).toBe('pixels');
	});

	it('rejects, rather than throws, when there is nothing', async () => {
		await expect(photoFromTransfer(transfer([]))).rejects.toMatchObject({ code: 'photo' });
	});
});
