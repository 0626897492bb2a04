import type { Session } from '../app/session.svelte';

/** Milliseconds that a model which is nearly here is waited for. */
const SOON = 300;

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, SOON));

/**
 * Whether the recorded run has to stand in: where the model is not here soon, or does not run. Else it would only be in the
 * way of the run, which comes about as soon.
 */
export async function needsStandIn(
	session: Pick<Session, 'model' | 'shown' | 'settled'>,
	soon: () => Promise<void> = pause
): Promise<boolean> {
	await soon();
	if (session.model) await session.settled();
	return !session.shown;
}
