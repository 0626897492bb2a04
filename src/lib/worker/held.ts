/** The part of a worker's global scope that is needed here. */
type Scope<Message> = Pick<DedicatedWorkerGlobalScope, 'reportError'> & {
	addEventListener(type: 'message', listener: (event: MessageEvent<Message>) => void): void;
	removeEventListener(type: 'message', listener: (event: MessageEvent<Message>) => void): void;
};

/**
 * Keeps what is said to a worker until the module has come that listens. Where it does not come, the page hears it as it
 * hears of a worker whose script does not come.
 * @param listen starts to listen, and is given what was said before
 */
export async function heldUntil<Module, Message>(
	scope: Scope<Message>,
	coming: Promise<Module>,
	listen: (module: Module, held: readonly Message[]) => void
): Promise<void> {
	const held: Message[] = [];
	const hold = ({ data }: MessageEvent<Message>) => void held.push(data);
	scope.addEventListener('message', hold);
	try {
		const module = await coming;
		scope.removeEventListener('message', hold);
		listen(module, held);
	} catch (error) {
		scope.reportError(error);
	}
}
