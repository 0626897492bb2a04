/** The part of the engine that listens, which its worker's own script fetches while the model's files are on their way. */
const ENGINE = /\/src\/lib\/worker\/serve\.ts$/;

/**
 * Whether a module is needed before the engine can listen.
 * @param {string} id
 * @param {(id: string) => { readonly importers: readonly string[] } | null} infoOf
 */
export function isOfEngine(id, infoOf) {
	const seen = new Set([id]);
	// It grows while it is gone through.
	for (const module of seen) {
		if (ENGINE.test(module)) return true;
		for (const importer of infoOf(module)?.importers ?? []) seen.add(importer);
	}
	return false;
}

/**
 * For `output.codeSplitting` of the workers' build: all that a worker needs at once in one file, with what its later parts
 * share with that, and the engine in another.
 * @returns {import('rolldown').CodeSplittingOptions}
 */
export function workerChunks() {
	/** @type {import('rolldown').CodeSplittingNameFunction} */
	const engine = (id, context) => (isOfEngine(id, (module) => context.getModuleInfo(module)) ? 'engine' : null);
	return {
		groups: [
			{ name: 'at-once', tags: ['$initial'], priority: 1 },
			{ name: engine, priority: 0 }
		]
	};
}
