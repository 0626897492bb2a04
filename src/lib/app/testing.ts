import { settle } from '../base/testing';
import type { Photo } from '../photo/photo';
import { result, source, type FakeEngine } from '../run/testing';
import type { Session } from './session.svelte';

/** Lets a session that was started on that engine show run 1 of a picture. Gives the picture. */
export async function showRun<T extends Photo>(session: Session, engine: FakeEngine, picture: T): Promise<T> {
	await session.useModel(source('small'), 'Loading');
	const opened = session.open('Opening', async () => picture);
	await settle();
	engine.runs[0]?.resolve(result(1));
	await opened;
	return picture;
}
