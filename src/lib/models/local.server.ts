import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteFile, SiteIndex } from './site';

/** The files of a model's folder that the page may ask for; anything else in it is not served as part of the model. */
const MODEL_FILES = ['config.json', 'model.safetensors', 'preprocessor_config.json', 'labels.json'];

/** List every model in a folder such as `static/models`: each sub-folder with a config and weights in it. */
export function siteIndex(folder: string): SiteIndex {
	if (!existsSync(folder)) return {};
	const models = readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'));
	const listed = models.map((entry) => [entry.name, modelFiles(join(folder, entry.name))] as const);
	return Object.fromEntries(listed.filter(([, files]) => isModel(files)));
}

/** The files of one model's folder, with what is needed to check them on arrival. */
export function modelFiles(folder: string): SiteFile[] {
	return MODEL_FILES.filter((path) => existsSync(join(folder, path))).map((path) => {
		const data = readFileSync(join(folder, path));
		return { path, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
	});
}

function isModel(files: readonly SiteFile[]): boolean {
	return ['config.json', 'model.safetensors'].every((path) => files.some((file) => file.path === path));
}
