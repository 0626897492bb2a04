import { settle } from '../base/testing';
import type { Photo } from '../photo/photo';
import type { Shown } from '../run/shown';
import { cut, photo, result, source, type FakeEngine } from '../run/testing';
import { Session } from './session.svelte';

/** Lets a session that was started on that engine show run 1 of a picture. Gives the picture. */
export async function showRun<T extends Photo>(session: Session, engine: FakeEngine, picture: T): Promise<T> {
	await session.useModel(source('small'), 'Loading');
	const opened = session.open('Opening', async () => picture);
	await settle();
	engine.runs[0]?.resolve(result(1));
	await opened;
	return picture;
}

/** Run 1 of a cat, shown by a session of its own on that engine. */
export async function shownOn(engine: FakeEngine): Promise<Shown> {
	const session = new Session(() => engine, cut);
	await session.start();
	await showRun(session, engine, photo('cat'));
	if (!session.shown) throw new Error('Nothing is shown.');
	return session.shown;
}
