import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeFile } from '../../scripts/lib/decode';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { huggingfacePreprocess } from '../../src/lib/engine/checkpoint/read-preprocess';
import { timmPreprocess } from '../../src/lib/engine/checkpoint/timm-preprocess';
import type { PreprocessConfig } from '../../src/lib/engine/config';
import { Model } from '../../src/lib/engine/model';
import { preprocess } from '../../src/lib/engine/preprocess';
import { isRecord } from '../../src/lib/base/json';

const FOLDER = fileURLToPath(new URL('../fixtures/cases/', import.meta.url));
const PHOTO = `${FOLDER}photo.png`;
const CASES = readdirSync(FOLDER).filter((name) => /^\d/.test(name));

/** The sides of every case's input. */
const SIDES = [16, 16] as const;

function json(name: string, file: string): Record<string, unknown> {
	const read: unknown = JSON.parse(readFileSync(`${FOLDER}${name}/${file}`, 'utf8'));
	if (!isRecord(read)) throw new Error(`${name}/${file} is no object.`);
	return read;
}

const bytes = (name: string, file: string) => new Uint8Array(readFileSync(`${FOLDER}${name}/${file}`)).buffer;

const hasProcessor = (name: string) => readdirSync(FOLDER + name).includes('preprocessor_config.json');

function preprocessOf(name: string): PreprocessConfig {
	const config = json(name, 'config.json');
	const { pretrained_cfg: pretrained } = config;
	if (isRecord(pretrained)) return timmPreprocess(pretrained, SIDES);
	return huggingfacePreprocess(json(name, 'preprocessor_config.json'), SIDES, String(config.model_type));
}

describe('the drawn photo as the real libraries preprocess it', () => {
	it.each(CASES)('%s gives the model the same numbers, bit for bit', async (name) => {
		const recorded = readSafetensors(bytes(name, 'expected_pixel_values.safetensors')).get('pixel_values');
		if (!recorded) throw new Error('There is no recording.');
		const { pixelValues } = preprocess(await decodeFile(PHOTO), preprocessOf(name), null);
		expect(recorded.shape).toEqual([1, 3, ...SIDES]);
		expect(pixelValues).toEqual(toFloat32(recorded));
	});
});

describe('what the real models say of it', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it.each(CASES)('%s gives the same logits', async (name) => {
		const preprocessor = hasProcessor(name) ? json(name, 'preprocessor_config.json') : null;
		const weights = bytes(name, 'model.safetensors');
		const model = Model.load({ config: json(name, 'config.json'), preprocessor, weights });
		const { pixelValues } = preprocess(await decodeFile(PHOTO), model.config.preprocess, null);
		const trace = await model.run(pixelValues);
		const logits = [...(await trace.read('logits')).data];
		const recorded = json(name, 'expected.json').logits as number[];
		expect(logits).toHaveLength(recorded.length);
		logits.forEach((logit, i) => expect(Math.abs(logit - (recorded[i] ?? NaN))).toBeLessThan(1e-4));
		trace.dispose();
		model.dispose();
	});
});
