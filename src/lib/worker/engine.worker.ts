import { serve } from './serve';

serve(self as DedicatedWorkerGlobalScope);
