import { beThread } from './job';
import type { ThreadStart } from './pool';

const scope = self as DedicatedWorkerGlobalScope;
scope.onmessage = ({ data }: MessageEvent<ThreadStart>) => void beThread(data, () => scope.postMessage('ready'));
