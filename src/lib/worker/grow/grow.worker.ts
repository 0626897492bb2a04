import { holdLifeline } from '../../base/lifeline';
import { startBackend } from '../../engine/backends/start';
import { Grower } from './grower';
import { growingBackend } from './growing-backend';
import type { FromGrower, ToGrower } from './protocol';

const scope = self as DedicatedWorkerGlobalScope;

/** Two networks grow at once, each in a worker; half of the cores are left to the page and to the model that is looked at. */
const threads = Math.min(Math.max(1, navigator.hardwareConcurrency >> 2), 4);

const grower = new Grower((message: FromGrower) => scope.postMessage(message), growingBackend(startBackend, threads));
scope.onmessage = ({ data }: MessageEvent<ToGrower>) => grower.receive(data);
void holdLifeline(scope);
