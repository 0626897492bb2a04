import { holdLifeline } from '../base/lifeline';
import { firstModel } from '../models/first';
import { beginFirst, saidByHead } from './said-by-head';
import { serve } from './serve';

const scope = self as DedicatedWorkerGlobalScope;

const said = saidByHead(scope.name);
const first = beginFirst(said);

serve(scope, { said, firstModel: (site) => first ?? firstModel(site) });
void holdLifeline(scope);
