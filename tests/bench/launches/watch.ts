type Method = (...args: unknown[]) => unknown;
type Methods = Record<string, Method | undefined>;

/** Has `after` called each time that a method of a class was, with what it was called with. */
export function after(prototype: object, method: string, call: (args: readonly unknown[]) => void): void {
	const methods = prototype as Methods;
	const own = methods[method];
	if (!own) return;
	methods[method] = function (this: unknown, ...args: unknown[]) {
		const made: unknown = Reflect.apply(own, this, args);
		call(args);
		return made;
	};
}

/** Where a program begins its work on a GPU, whoever wrote it: a class of the browser's, and a method. */
const STARTS = [
	['GPUComputePassEncoder', 'dispatchWorkgroups'],
	['GPUComputePassEncoder', 'dispatchWorkgroupsIndirect'],
	['WebGL2RenderingContext', 'drawElements'],
	['WebGL2RenderingContext', 'drawArrays']
] as const;

/** Counts from now on the programs that a GPU is given, all of this page. @returns how many there were so far */
export function watchLaunches(): () => number {
	let launches = 0;
	for (const [name, method] of STARTS) {
		const found = (globalThis as unknown as Record<string, { readonly prototype: object } | undefined>)[name];
		if (found) after(found.prototype, method, () => launches++);
	}
	return () => launches;
}
