// npm run models -- vit-tiny [--from DIR]: bring a model into static/models, from the hub or from a folder.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PatchworkError } from '../src/lib/base/errors';
import { DEFAULT_ENDPOINT, normaliseEndpoint } from '../src/lib/models/endpoint';
import { modelEntry, MODELS, type ModelEntry } from '../src/lib/models/registry';
import { TransferError } from '../src/lib/models/transfer';
import { runCommand, typedPath } from './lib/cli';
import { addLabels, copyFromFolder, fetchFromHub } from './lib/fetch-model';
import { progressLine } from './lib/progress';

const USAGE = `Usage: npm run models -- ID [--from DIR] [--optional]
  ID          ${MODELS.filter((model: ModelEntry) => model.repo !== null)
		.map(({ id }) => id)
		.join(', ')}
  --from DIR  copy the model's files from a folder instead of the hub
  --optional  do without it, with one line, when the hub does not answer
  HF_ENDPOINT in the environment names another hub than ${DEFAULT_ENDPOINT}.`;

await runCommand(main);

async function main(): Promise<void> {
	const { id, from, optional } = parse();
	const entry = modelEntry(id);
	const folder = `static/models/${entry.id}`;
	if (from !== undefined) await copyFromFolder(typedPath(from), folder);
	else if (!(await fromHub(entry, folder, optional))) return;
	if (entry.labels !== null) addLabels(folder, `static/${entry.labels}`);
	console.log(`${entry.title} is in ${folder}.`);
}

/** Whether the model is there now; false only where it is optional. */
async function fromHub(entry: ModelEntry, folder: string, optional: boolean): Promise<boolean> {
	if (entry.repo === null)
		throw new PatchworkError('request', `${entry.title} comes with the project: nothing to fetch.`);
	if (existsSync(`${folder}/model.safetensors`)) return true;
	const endpoint = normaliseEndpoint(process.env['HF_ENDPOINT'] || DEFAULT_ENDPOINT);
	const line = progressLine(`${entry.title} from ${new URL(endpoint).host}`);
	const limits = optional ? { patience: 4_000, stall: 8_000, attempts: 2 } : { patience: 30_000 };
	try {
		await fetchFromHub(endpoint, entry.repo, folder, {
			...limits,
			parts: `.cache/models/${entry.id}`,
			onProgress: line.show
		});
		return true;
	} catch (error) {
		if (!optional || !(error instanceof TransferError)) throw error;
		line.end();
		console.log(`Going on with the bundled model: ${error.message}`);
		return false;
	} finally {
		line.end();
	}
}

function parse(): { id: string; from: string | undefined; optional: boolean } {
	try {
		const options = { from: { type: 'string' }, optional: { type: 'boolean' } } as const;
		const { values, positionals } = parseArgs({ options, allowPositionals: true });
		const [id, ...more] = positionals;
		if (id !== undefined && more.length === 0) return { id, from: values.from, optional: values.optional ?? false };
	} catch {
		// Said below.
	}
	throw new PatchworkError('request', USAGE);
}
