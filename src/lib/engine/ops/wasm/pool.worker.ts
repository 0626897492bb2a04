import { beThread, type ThreadStart } from './job';
import type { FromThread } from './worker-thread';

const scope = self as DedicatedWorkerGlobalScope;
const say = (message: FromThread) => scope.postMessage(message);
scope.onmessage = ({ data }: MessageEvent<ThreadStart>) =>
	void beThread(data, () => say({ error: null })).catch((error: unknown) => say({ error: String(error) }));
