import { openEngines, type Engines, type EnginesRequest } from './measure';

/** What the page asks, one thing after the other: first to open engines, then what they can. */
export type Question = { readonly open: EnginesRequest } | { readonly ask: keyof Engines };
export type Answer = { readonly result: unknown } | { readonly error: string };

let engines: Engines | null = null;

async function answer(question: Question): Promise<unknown> {
	if ('open' in question) {
		engines = await openEngines(question.open);
		return null;
	}
	if (!engines) throw new Error('No engine is open.');
	return engines[question.ask]();
}

const scope = self as unknown as DedicatedWorkerGlobalScope;
scope.onmessage = ({ data }: MessageEvent<Question>) => {
	answer(data).then(
		(result) => scope.postMessage({ result } satisfies Answer),
		(error: unknown) => scope.postMessage({ error: String(error) } satisfies Answer)
	);
};
