import { holdLifeline } from '../base/lifeline';
import { beginFirst, beginPhoto, saidByHead } from './said-by-head';
import { heldUntil } from './held';
import type { ToWorker } from './protocol';
import type * as Engine from './serve';

const scope = self as DedicatedWorkerGlobalScope;

const said = saidByHead(scope.name);
const [model, photo] = [beginFirst(said), beginPhoto(said)];
void holdLifeline(scope);

// The engine is large: what it will read is asked for before it has come, and what the page says meanwhile is kept.
void heldUntil<typeof Engine, ToWorker>(scope, import('./serve'), ({ serve }, held) =>
	serve(scope, { said: [...said, ...held], firstModel: () => model, firstPhoto: () => photo })
);
