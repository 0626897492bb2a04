import type { Wanted } from './download';
import { isRecord } from '../base/json';
import { TransferError } from './transfer';

export const WEIGHTS_FILE = 'model.safetensors';
/** The list of the parts that a large checkpoint is cut into, and of which tensor is in which. */
export const INDEX_FILE = 'model.safetensors.index.json';

/** What a folder must have to be a model. */
export const REQUIRED_FILES: readonly string[] = ['config.json', WEIGHTS_FILE];

/** The small files that we read of a model; all but the first may be missing. */
const SMALL_FILES: readonly string[] = ['config.json', 'preprocessor_config.json', 'labels.json', INDEX_FILE];

/** Every file that we read of a model in one piece; weights last: a place that was filled in this order and has them has the rest. */
export const MODEL_FILES: readonly string[] = ['config.json', 'preprocessor_config.json', 'labels.json', WEIGHTS_FILE];

/** Weights in formats that run code when they are read, or that other libraries own. */
export const OTHER_WEIGHTS = /\.(bin|pt|pth|ckpt|pkl|h5|msgpack|onnx)$/;

/** A file that somebody offers: of the hub, of the site, or of the reader's disk. */
type Offered = Pick<Wanted, 'name'>;

/** The files that we read of all that are offered. */
export interface Chosen<T extends Offered> {
	/** In the order in which they are to be read: the configuration first. */
	readonly small: readonly T[];
	/** The weights in one piece; null where they are cut into parts, which the index file names. */
	readonly weights: T | null;
}

/**
 * Which files to fetch.
 * @param whose says in sentences what offers them, e.g. the repository's name
 * @throws TransferError `not-found` without a configuration or weights, `format` for weights that we don't read
 */
export function chooseFiles<T extends Offered>(offered: readonly T[], whose: string): Chosen<T> {
	const find = (name: string) => offered.find((file) => file.name === name);
	const weights = find(WEIGHTS_FILE) ?? null;
	if (!weights && !find(INDEX_FILE)) throw noWeights(offered, whose);
	if (!find('config.json')) {
		throw new TransferError(
			'not-found',
			`${whose} has no config.json, which every model here needs: add it to the rest, or choose another model.`
		);
	}
	const small = SMALL_FILES.filter((name) => weights === null || name !== INDEX_FILE);
	return { small: small.flatMap((name) => find(name) ?? []), weights };
}

function noWeights(offered: readonly Offered[], whose: string): TransferError {
	const other = offered.find(({ name }) => OTHER_WEIGHTS.test(name));
	if (!other) {
		return new TransferError(
			'not-found',
			`${whose} has no ${WEIGHTS_FILE}, which every model here needs: add it to the rest, or choose another model.`
		);
	}
	return new TransferError(
		'format',
		`${whose} has its weights only as ${other.name}, a format that can hide programs or is another library’s: choose a model with a ${WEIGHTS_FILE}.`
	);
}

/**
 * The parts of a checkpoint, in order.
 * @param index the index file's content
 * @throws TransferError `unexpected` for an index that is none, `not-found` for a part that is missing
 */
export function shardsOf<T extends Offered>(index: unknown, offered: readonly T[], whose: string): T[] {
	const map = isRecord(index) ? index['weight_map'] : null;
	const names = isRecord(map) ? [...new Set(Object.values(map))].sort() : [];
	if (names.length === 0) {
		throw new TransferError('unexpected', `${whose} has an ${INDEX_FILE} that names no files: choose another model.`);
	}
	return names.map((name) => {
		const file = offered.find((candidate) => candidate.name === name);
		if (file && file.name.endsWith('.safetensors')) return file;
		throw new TransferError(
			'not-found',
			`${whose} lacks ${String(name)}, a part of its weights: choose another model.`
		);
	});
}
