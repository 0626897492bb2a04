import { holdLifeline } from '../base/lifeline';
import { serve } from './serve';

const scope = self as DedicatedWorkerGlobalScope;

serve(scope);
void holdLifeline(scope);
