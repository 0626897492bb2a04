export async function timed<T>(run: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
	const began = performance.now();
	const result = await run();
	return [performance.now() - began, result];
}
