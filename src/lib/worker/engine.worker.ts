import { holdLifeline } from '../base/lifeline';
import { beginFirst, beginPhoto, saidByHead } from './said-by-head';
import { serve } from './serve';

const scope = self as DedicatedWorkerGlobalScope;

const said = saidByHead(scope.name);
const [model, photo] = [beginFirst(said), beginPhoto(said)];
void holdLifeline(scope);

serve(scope, { said, firstModel: () => model, firstPhoto: () => photo });
