import { architectureIn } from '../engine/checkpoint/library';
import { kindsThatRun, readerNamed } from '../engine/readers';
import { PatchworkError } from '../base/errors';
import { isRecord } from '../base/json';

/**
 * What a `config.json` calls its model. Only a first look, to spare a reader even the look at the weights: whether it can
 * run is decided by the engine, from their names and shapes.
 * @throws PatchworkError `config` for one that is not of a family that runs here
 */
export function architectureOf(config: unknown, whose: string): string {
	const named = isRecord(config) ? architectureIn(config) : undefined;
	if (!isRecord(config) || named === undefined) {
		throw new PatchworkError(
			'config',
			`The config.json of ${whose} names no architecture, neither as timm does nor as Hugging Face does: choose another model.`
		);
	}
	if (readerNamed(config)) return named;
	throw new PatchworkError(
		'config',
		`${whose} is of the architecture '${named}', and what runs here are ${kindsThatRun()}: choose another model.`
	);
}
