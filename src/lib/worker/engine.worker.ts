import { holdLifeline } from '../base/lifeline';
import { firstModel } from '../models/first';
import { heldPort, saidByHead } from './held-port';

const scope = self as DedicatedWorkerGlobalScope;

// What is here is little, so that the first model's files are on their way while the engine itself is fetched and compiled.
const said = saidByHead(scope.name);
const [first] = said.flatMap((message) => (message.kind === 'ahead' ? [firstModel(message.site)] : []));
// Whoever serves is told why it failed.
first?.catch(() => undefined);
const port = heldPort(scope, said);

void holdLifeline(scope);

import('./serve').then(
	({ serve }) => serve(port, (site) => first ?? firstModel(site)),
	// The page hears of it as of a script that does not run.
	(error: unknown) => reportError(error)
);
