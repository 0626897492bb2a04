import { PatchworkError } from './errors';

/** A JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isStringArray(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Whether a value can be a size in bytes. */
export function isSize(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** A JSON file's content. @throws PatchworkError `config` naming the file if it is not JSON. */
export function parseJson(text: string, name: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new PatchworkError('config', `${name} is not a JSON file: fetch the model again.`, { cause });
	}
}
