import { beforeEach, describe, expect, it } from 'vitest';
import { Session } from '../app/session.svelte';
import { settle } from '../base/testing';
import { cut, FakeEngine, photo, result, source } from '../run/testing';
import { needsStandIn } from './stand-in';

let engine: FakeEngine;
let session: Session;

beforeEach(async () => {
	engine = new FakeEngine();
	session = new Session(() => engine, cut);
	await session.start();
});

/** What is found, and whether that is known yet. */
function ask(): { known: boolean; needed: boolean | null } {
	const asked: { known: boolean; needed: boolean | null } = { known: false, needed: null };
	void needsStandIn(session, async () => undefined).then((needed) => Object.assign(asked, { known: true, needed }));
	return asked;
}

describe('the recorded run', () => {
	it('stands in for a model that is not here soon', async () => {
		const asked = ask();
		await settle();
		expect(asked).toEqual({ known: true, needed: true });
	});

	it('waits for the answer of a model that is here, and is not needed then', async () => {
		await session.useModel(source('small'), 'Loading');
		void session.open('Opening', async () => photo('cat'));
		await settle();
		const asked = ask();
		await settle();
		expect(asked.known).toBe(false);
		engine.runs[0]?.resolve(result(1));
		await settle();
		expect(asked).toEqual({ known: true, needed: false });
	});

	it('stands in for a model that is here and does not run', async () => {
		await session.useModel(source('small'), 'Loading');
		void session.open('Opening', async () => photo('cat'));
		await settle();
		const asked = ask();
		engine.runs[0]?.reject(new Error('no'));
		await settle();
		expect(asked).toEqual({ known: true, needed: true });
	});

	it('is not asked about where a run is shown already', async () => {
		await session.useModel(source('small'), 'Loading');
		const opened = session.open('Opening', async () => photo('cat'));
		await settle();
		engine.runs[0]?.resolve(result(1));
		await opened;
		const asked = ask();
		await settle();
		expect(asked).toEqual({ known: true, needed: false });
	});
});
