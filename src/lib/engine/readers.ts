import { apart } from './checkpoint/agree';
import { quoted, type Json, type ShapeOf } from './checkpoint/fields';
import { architectureIn, libraryOf } from './checkpoint/library';
import { convReader } from './conv/read';
import type { ModelConfig } from './families';
import type { Reader, Reading } from './reader';
import { swinReader } from './swin/read';
import { vitReader } from './vit/read';

/** Every family that is read, in the order in which they are tried. */
export const READERS: readonly Reader<ModelConfig>[] = [vitReader, swinReader, convReader];

/** All models that run here, for a sentence. */
export function kindsThatRun(): string {
	const kinds = READERS.flatMap((reader) => reader.kinds);
	return `${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1)}`;
}

/** The family that a `config.json` names, as far as a name tells. */
export function readerNamed(json: Json): Reader<ModelConfig> | undefined {
	const named = architectureIn(json);
	if (named === undefined) return undefined;
	const isTimm = libraryOf(json) === 'timm';
	return READERS.find(({ timm, transformers }) => (isTimm ? timm.test(named) : transformers.includes(named)));
}

/** A checkpoint and the family that read it. */
interface Found {
	readonly reader: Reader<ModelConfig>;
	readonly reading: Reading<ModelConfig>;
}

/**
 * Reads what a checkpoint is, by the family whose names its weights have.
 * @returns null where they are under the names of none
 * @throws PatchworkError `config` or `checkpoint`; also for a file of one family beside weights of another
 */
export function readFiles(json: Json, preprocessor: unknown, shapeOf: ShapeOf): Found | null {
	const reader = READERS.find((one) => one.recognises(shapeOf));
	if (!reader) return null;
	const named = readerNamed(json);
	if (named && named !== reader)
		throw apart(`the architecture ${quoted(architectureIn(json))}`, `that of a ${reader.title}`);
	return { reader, reading: reader.read(json, preprocessor, shapeOf) };
}
