import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { CheckpointFiles } from '../../src/lib/engine/model';
import { isRecord } from '../../src/lib/base/json';
import { SHARED, sharedBytes } from './recorded';

/** A checkpoint with what the reference made of it, by their paths beside the project. */
export interface ParityCase {
	readonly folder: string;
	readonly recording: string;
}

const FOLDER = 'parity';

/** The `model_type` of a checkpoint's config.json, or the family in timm's name for it; empty where it has none. */
function typeOf(folder: string): string {
	const config: unknown = JSON.parse(readFileSync(`${SHARED}${folder}/config.json`, 'utf8'));
	if (!isRecord(config)) return '';
	return String(config.model_type ?? String(config.architecture ?? '').split('_')[0]);
}

/** Every recorded checkpoint that lies there, by its kind: more may be dropped in. Empty where there are none. */
export function parityCases(wanted: (type: string) => boolean): ParityCase[] {
	if (!existsSync(SHARED + FOLDER)) return [];
	return readdirSync(SHARED + FOLDER)
		.sort()
		.map((name) => ({ folder: `${FOLDER}/${name}`, recording: `${FOLDER}/${name}/expected.safetensors` }))
		.filter(({ folder, recording }) => existsSync(`${SHARED}${folder}/config.json`) && existsSync(SHARED + recording))
		.filter(({ folder }) => wanted(typeOf(folder)));
}

const CONV = 'parity/conv';

/** CNNs that must be among them, so that a folder gone missing is told. */
const CNNS = [
	'hf-mobilenetv2-tf-padding',
	'hf-resnet-basic',
	'hf-resnet-bottleneck',
	'timm-mobilenetv2',
	'timm-mobilenetv2-same',
	'timm-resnet10t-deep-stem',
	'timm-resnet18',
	'timm-resnet26',
	'timm-test-resnet'
];

/** Every recorded CNN that lies there, and those that should. */
export function convCases(): ParityCase[] {
	const beside = existsSync(SHARED + CONV)
		? readdirSync(SHARED + CONV).filter((name) => existsSync(`${SHARED}${CONV}/${name}/expected.safetensors`))
		: [];
	return [...new Set([...CNNS, ...beside])].map((name) => {
		const folder = `${CONV}/${name}`;
		return { folder, recording: `${folder}/expected.safetensors` };
	});
}

/** A checkpoint's files, as the site would have downloaded them. */
export async function checkpointIn(folder: string): Promise<CheckpointFiles> {
	const json = (name: string): unknown => {
		const path = `${SHARED}${folder}/${name}`;
		return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
	};
	const weights = await sharedBytes(`${folder}/model.safetensors`);
	return { config: json('config.json'), preprocessor: json('preprocessor_config.json'), weights };
}
