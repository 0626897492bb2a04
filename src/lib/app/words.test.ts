import { describe, expect, it } from 'vitest';
import type { StoredModel } from '../models/store';
import {
	awayLabel,
	costOfDeleting,
	hereLabel,
	leftOf,
	notHere,
	partHere,
	placeSentence,
	shareOf,
	storedSize
} from './words';

const entry = { repo: 'a/b' };
const stored: StoredModel = { repo: 'a/b', bytes: 1_000_000, total: 2_500_000, whole: false, kept: 0, local: false };

describe('placeSentence', () => {
	it('says where a model is', () => {
		expect(placeSentence('site', entry, null)).toBe('On this site');
		expect(placeSentence('disk', entry, null)).toBe('On your disk, for this visit');
		expect(placeSentence('disk', { ...entry, trained: true }, null)).toBe('In this tab, for this visit');
		expect(placeSentence('kept', entry, stored)).toBe('Kept in this browser, 1.0 MB');
		expect(placeSentence('hub', entry, null)).toBe('On the hub, at a/b');
	});

	it('says how much of it has come already', () => {
		expect(placeSentence('hub', entry, stored)).toBe('On the hub, at a/b; 1.0 of 2.5 MB are already here');
		expect(placeSentence('hub', entry, { ...stored, bytes: 0 })).toBe('On the hub, at a/b');
	});
});

describe('a menu of models', () => {
	const model = { title: 'Tiny', bytes: 2_600_000, verified: false, own: false };

	it('names what is here, and what is to be fetched with how much', () => {
		expect(hereLabel(model, 'site')).toBe('Tiny');
		expect(hereLabel(model, 'kept')).toBe('Tiny (kept in this browser)');
		expect(awayLabel(model, null)).toBe('Tiny (about 2.6 MB)');
		expect(awayLabel({ ...model, verified: true }, null)).toBe('Tiny (2.6 MB)');
		expect(awayLabel(model, stored)).toBe('Tiny (1.5 MB)');
	});

	it('counts the rest of what was cut off, as far as that is known', () => {
		expect(leftOf(model, { ...stored, total: null })).toBe('about 1.6 MB');
		expect(partHere(stored)).toBe('; 1.0 of 2.5 MB are already here');
		expect(partHere({ ...stored, bytes: 0 })).toBe('');
	});
});

describe('shareOf', () => {
	it.each([
		[0, 100, '0 %'],
		[1, 1000, 'less than 1 %'],
		[25, 100, '25 %'],
		[5, 0, '0 %']
	])('%d of %d is %s', (used, quota, share) => expect(shareOf(used, quota)).toBe(share));
});

describe('a model that is to be deleted', () => {
	it('is told with its size and with what it costs to have it back', () => {
		expect(storedSize({ ...stored, whole: true })).toBe('1.0 MB');
		expect(storedSize(stored)).toBe('1.0 of 2.5 MB');
		expect(costOfDeleting({ local: true }, {})).toMatch(/files/);
		expect(costOfDeleting({ local: true }, { trained: true })).toMatch(/train it once more/);
		expect(costOfDeleting({ local: false }, {})).toMatch(/fetched/);
	});
});

describe('a model of a link that is not here', () => {
	it.each([
		[
			'vit-tiny',
			'ViT-Tiny/16',
			/^ViT-Tiny\/16 is not in this browser, or no longer: Small is used.*fetch it on the page/
		],
		['someone/dino', null, /^someone\/dino is not in .*fetch it on the page of models\.$/],
		['local/mine', null, /^mine is not in .*bring its files to the page of models\.$/],
		['nonsense', null, /^There is no model called 'nonsense': Small is used in its place\.$/]
	])('%s', (id, title, says) => expect(notHere(id, title, 'Small')).toMatch(says));
});
