import { beThread, type ThreadStart } from './job';

const scope = self as DedicatedWorkerGlobalScope;
scope.onmessage = ({ data }: MessageEvent<ThreadStart>) => void beThread(data, () => scope.postMessage('ready'));
