import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_FILES, REQUIRED_FILES } from './files';
import type { SiteFile, SiteIndex } from './site';

/** List every model in a folder such as `static/models`: each sub-folder with a config and weights in it. */
export function siteIndex(folder: string): SiteIndex {
	if (!existsSync(folder)) return {};
	const models = readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'));
	const listed = models.map((entry) => [entry.name, modelFiles(join(folder, entry.name))] as const);
	return Object.fromEntries(listed.filter(([, files]) => isModel(files)));
}

/** The files of one model's folder that the page may ask for, with what is needed to check them on arrival. */
export function modelFiles(folder: string): SiteFile[] {
	return MODEL_FILES.filter((path) => existsSync(join(folder, path))).map((path) => {
		const data = readFileSync(join(folder, path));
		return { path, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
	});
}

function isModel(files: readonly SiteFile[]): boolean {
	return REQUIRED_FILES.every((path) => files.some((file) => file.path === path));
}
