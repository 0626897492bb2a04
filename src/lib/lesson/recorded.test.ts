import { describe, expect, it } from 'vitest';
import { floatsToHalves } from '../engine/checkpoint/half';
import { model, photo } from '../run/testing';
import { openRecording, type RecordedRun } from './recorded';

const SITE = 'https://here/sub/';
const NUMBERS = Float32Array.of(0.5, -1, 3, 0.25, 0, 2);

const about: RecordedRun = {
	model: model('small'),
	weightsSha256: 'aa',
	photoSha256: 'bb',
	sample: { id: 'cat', title: 'A cat', alt: 'A cat on a mat.', file: 'samples/cat.webp' },
	crop: { x: 1, y: 0, width: 8, height: 8 },
	top: [{ index: 1, label: 'b', score: 0.5 }],
	seen: { width: 2, height: 1, file: 'seen.rgb' },
	taps: [{ name: 'logits', shape: [2, 3], axes: ['batch', 'class'], file: 'logits.f16' }]
};

/** A site with the recording, and what was asked of it. */
function site(files: Record<string, BodyInit> = {}) {
	const asked: string[] = [];
	const there: Record<string, BodyInit> = {
		'run.json': JSON.stringify(about),
		'seen.rgb': Uint8Array.of(1, 2, 3, 4, 5, 6),
		'logits.f16': floatsToHalves(NUMBERS).buffer as ArrayBuffer,
		...files
	};
	const get = async (url: string | URL | Request) => {
		asked.push(String(url));
		const body = there[String(url).replace(`${SITE}recorded/`, '')];
		return new Response(body ?? null, { status: body === undefined ? 404 : 200 });
	};
	const picture = photo('cut').bitmap;
	return { asked, picture, open: () => openRecording(SITE, async () => picture, get) };
}

describe('a recording', () => {
	it('is a run that says it is recorded, with what the model saw', async () => {
		const { open, picture } = site();
		const { run } = await open();
		expect(run).toMatchObject({ recorded: true, alt: 'A cat on a mat.', top: about.top, model: { id: 'small' } });
		expect(run.picture).toBe(picture);
		expect(run.seen).toEqual({ width: 2, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255) });
	});

	it('fetches a tap when it is asked for, and not before', async () => {
		const { open, asked } = site();
		const recording = await open();
		expect(asked).toEqual([`${SITE}recorded/run.json`, `${SITE}recorded/seen.rgb`]);
		const taps = await recording.read(['logits']);
		expect(taps).toEqual([{ name: 'logits', shape: [2, 3], axes: ['batch', 'class'], data: NUMBERS }]);
	});

	it('says that a tap was not recorded', async () => {
		const { open } = site();
		const recording = await open();
		await expect(recording.read(['norm'])).rejects.toMatchObject({
			code: 'request',
			message: 'This was not recorded. It works as soon as a ViT runs here.'
		});
	});

	it('cannot be experimented on', async () => {
		const { run } = await site().open();
		await expect(run.experiment([])).rejects.toMatchObject({ code: 'request' });
		await expect(run.look(photo('x').bitmap, [])).rejects.toMatchObject({ code: 'request' });
	});

	it.each<[string, Record<string, BodyInit>, RegExp]>([
		['is no JSON', { 'run.json': '<!doctype html>' }, /damaged/],
		['lacks its taps', { 'run.json': JSON.stringify({ ...about, taps: undefined }) }, /damaged/],
		['has too few pixels', { 'seen.rgb': Uint8Array.of(1, 2, 3) }, /damaged/]
	])('that %s is refused', async (_, files, says) => {
		const opened = site(files).open();
		await expect(opened).rejects.toMatchObject({ code: 'network' });
		await expect(opened).rejects.toThrow(says);
	});

	it('refuses a tap of another size, and one that does not come', async () => {
		const short = await site({ 'logits.f16': Uint8Array.of(0, 0) }).open();
		await expect(short.read(['logits'])).rejects.toThrow('damaged');
		const gone = { ...about, taps: [{ name: 'norm', shape: [1], axes: ['feature'], file: 'norm.f16' }] };
		const lost = await site({ 'run.json': JSON.stringify(gone) }).open();
		await expect(lost.read(['norm'])).rejects.toThrow('could not be fetched');
	});

	it('that is not there is told of', async () => {
		const opened = openRecording(
			'https://nowhere/',
			async () => photo('cut').bitmap,
			async () => {
				throw new TypeError('fetch failed');
			}
		);
		await expect(opened).rejects.toMatchObject({ code: 'network' });
	});
});
