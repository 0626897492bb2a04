/** Work that is done one piece after the other, whether the piece before succeeded or not. */
export class Queue {
	#last: Promise<unknown> = Promise.resolve();

	enqueue<T>(work: () => Promise<T>): Promise<T> {
		const answer = this.#last.then(work);
		this.#last = answer.catch(() => undefined);
		return answer;
	}
}
