/* Engines behind a worker's door: the page opens them there, and asks one thing after the other. */

/** What can be asked of something that was opened: functions without arguments. */
export type Askable<T> = { readonly [K in keyof T]: () => Promise<unknown> };

type Question = { readonly open: unknown } | { readonly ask: string };
type Answer = { readonly result: unknown } | { readonly error: string };

/** The worker's side. @param open makes what is asked from then on */
export function answerQuestions<R, T extends Askable<T>>(open: (request: R) => Promise<T>): void {
	const scope = self as unknown as DedicatedWorkerGlobalScope;
	let opened: Readonly<Record<string, (() => Promise<unknown>) | undefined>> = {};
	const answer = async (question: Question): Promise<unknown> => {
		if ('ask' in question) return opened[question.ask]?.();
		opened = await open(question.open as R);
		return null;
	};
	scope.onmessage = ({ data }: MessageEvent<Question>) => {
		answer(data).then(
			(result) => scope.postMessage({ result } satisfies Answer),
			(error: unknown) => scope.postMessage({ error: String(error) } satisfies Answer)
		);
	};
}

/** The page's side. @param names of all that can be asked */
export async function openIn<T extends Askable<T>>(
	worker: Worker,
	request: unknown,
	names: readonly (keyof T & string)[]
): Promise<T> {
	const send = (question: Question) =>
		new Promise<unknown>((resolve, reject) => {
			worker.onerror = ({ message }) => reject(new Error(message));
			worker.onmessage = ({ data }: MessageEvent<Answer>) =>
				'error' in data ? reject(new Error(data.error)) : resolve(data.result);
			worker.postMessage(question);
		});
	await send({ open: request });
	return Object.fromEntries(names.map((ask) => [ask, () => send({ ask })])) as unknown as T;
}
