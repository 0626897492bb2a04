import { describe, expect, it, vi } from 'vitest';
import { tap } from '../run/testing';
import { deferred, settle } from '../base/testing';
import { Taps } from './taps.svelte';

const read = () => vi.fn(async (names: readonly string[]) => names.map((name) => tap(name, 1)));

describe('Taps', () => {
	it('reads each tap once, however often it is asked for', async () => {
		const reading = read();
		const taps = new Taps(reading);
		await Promise.all([taps.load(['patches', 'norm']), taps.load(['norm', 'logits'])]);
		expect((await taps.load(['patches']))('patches').name).toBe('patches');
		expect(reading.mock.calls).toEqual([[['patches', 'norm']], [['logits']]]);
	});

	it('holds no more than it has room for, but always what was asked for last', async () => {
		const reading = read();
		const bytes = (name: string) => tap(name, 1).data.byteLength;
		const taps = new Taps(reading, bytes('norm') + bytes('embeddings'));
		await taps.load(['norm']);
		await taps.load(['embeddings']);
		expect(taps.look(['norm'])).not.toBeNull();
		await taps.load(['norm', 'patches']);
		expect(taps.look(['norm', 'patches'])).not.toBeNull();
		const [one, other] = await Promise.all([taps.load(['embeddings', 'norm']), taps.load(['logits', 'patches'])]);
		expect([one('norm').name, other('patches').name]).toEqual(['norm', 'patches']);
		expect(reading.mock.calls.slice(0, 4)).toEqual([[['norm']], [['embeddings']], [['patches']], [['embeddings']]]);
	});

	it('gives nothing until all are there, and asks by itself', async () => {
		const answer = deferred<null>();
		const taps = new Taps(async (names) => answer.promise.then(() => names.map((name) => tap(name, 1))));
		expect(taps.look(['patches', 'norm'])).toBeNull();
		await settle();
		expect(taps.look(['patches'])).toBeNull();
		answer.resolve(null);
		await settle();
		expect(taps.look(['patches', 'norm'])?.('norm').name).toBe('norm');
	});

	it('tells of a failure no longer once it is asked for what is there', async () => {
		const reading = read();
		const taps = new Taps(reading);
		await taps.load(['norm']);
		reading.mockRejectedValueOnce(new Error('lost'));
		expect(taps.look(['logits'])).toBeNull();
		await settle();
		expect(taps.error).toBeInstanceOf(Error);
		expect(taps.look(['norm'])).not.toBeNull();
		await settle();
		expect(taps.error).toBeNull();
	});

	it('refuses a tap that was not declared', async () => {
		const picked = await new Taps(read()).load(['patches']);
		expect(() => picked('norm')).toThrow("reads 'norm' and did not declare it");
	});

	it('tells of a failure, and asks again the next time', async () => {
		const reading = read();
		reading.mockRejectedValueOnce(new Error('lost'));
		const taps = new Taps(reading);
		await expect(taps.load(['norm'])).rejects.toThrow('lost');
		expect(taps.error).toBeInstanceOf(Error);
		expect((await taps.load(['norm']))('norm').name).toBe('norm');
		expect(taps.error).toBeNull();
	});
});
