/**
 * `npm run samples`: render the sample photographs that are out of date, and write the manifest.
 *
 *   npm run samples                  what is out of date
 *   npm run samples -- golf_ball     only these scenes
 *   npm run samples -- --force       whether out of date or not
 *   npm run samples -- --accept      keep the pictures as they are and record that they are up to date
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { parseSamples, type Sample } from '../../src/lib/photo/manifest.ts';
import { runCommand } from '../lib/cli.ts';
import { blenderVersion, render } from './blender.ts';
import { CATALOGUE, type Scene } from './catalogue.ts';
import { encodePicture, encodeThumbnail } from './encode.ts';
import { fingerprint } from './source.ts';
import { withVerdicts } from './verdicts.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '../..');
const STATIC = join(ROOT, 'static');
const MANIFEST = join(STATIC, 'samples/samples.json');

const labels = JSON.parse(readFileSync(join(STATIC, 'labels/imagenet-1k.json'), 'utf8')) as string[];

function recorded(): Map<string, Sample> {
	if (!existsSync(MANIFEST)) return new Map();
	return new Map(parseSamples(JSON.parse(readFileSync(MANIFEST, 'utf8'))).map((sample) => [sample.id, sample]));
}

const idOf = (scene: Scene): string => scene.scene.replaceAll('_', '-');

/** What the catalogue says of a scene, over what the manifest holds of it already. */
function entry(scene: Scene, known: Sample | undefined, source: string): Sample {
	const id = idOf(scene);
	const [width, height] = scene.size;
	return {
		id,
		title: scene.title,
		alt: scene.alt,
		file: `samples/${id}.webp`,
		thumb: `samples/${id}.thumb.webp`,
		width,
		height,
		intended: { index: scene.intended, label: labels[scene.intended] ?? '' },
		scene: `scripts/samples/scenes/${scene.scene}.py`,
		source,
		licence: 'CC0-1.0',
		models: known?.models ?? {}
	};
}

async function make(scene: Scene, sample: Sample): Promise<void> {
	const blender = blenderVersion();
	const folder = mkdtempSync(join(tmpdir(), 'samples-'));
	const png = join(folder, 'picture.png');
	const start = Date.now();
	const seconds = (): string => `${Math.round((Date.now() - start) / 1000)} s`;
	try {
		await render(HERE, scene, png, (done) => {
			if (process.stdout.isTTY) process.stdout.write(`\r${sample.id}: ${Math.round(done * 100)} %, ${seconds()} `);
		});
		const { bytes } = await encodePicture(png, join(STATIC, sample.file));
		await encodeThumbnail(png, join(STATIC, sample.thumb));
		console.log(`\r${sample.id}: rendered by ${blender} in ${seconds()}, ${Math.round(bytes / 1000)} kB`);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

interface Choice {
	readonly names: readonly string[];
	readonly force: boolean;
	readonly accept: boolean;
}

function readChoice(): Choice {
	const options = { force: { type: 'boolean', default: false }, accept: { type: 'boolean', default: false } } as const;
	const { values, positionals: names } = parseArgs({ options, allowPositionals: true });
	const unknown = names.filter((name) => !CATALOGUE.some(({ scene }) => scene === name));
	if (unknown.length)
		throw new PatchworkError(
			'request',
			`No such scene: ${unknown.join(', ')}. They are listed in scripts/samples/catalogue.ts.`
		);
	return { names, ...values };
}

/** Bring one scene up to date; returns its entry, or nothing for a scene that has no picture and was not asked for. */
async function update(scene: Scene, old: Sample | undefined, choice: Choice): Promise<Sample | undefined> {
	const sample = entry(scene, old, fingerprint(HERE, scene));
	const there = old !== undefined && existsSync(join(STATIC, old.file));
	if (choice.names.length && !choice.names.includes(scene.scene))
		return there ? { ...sample, source: old.source } : undefined;
	if (there && (choice.accept || (old.source === sample.source && !choice.force))) {
		console.log(`${sample.id}: up to date`);
		return sample;
	}
	await make(scene, sample);
	return sample;
}

async function main(): Promise<void> {
	const choice = readChoice();
	const known = recorded();
	const samples: Sample[] = [];
	for (const scene of CATALOGUE) {
		const sample = await update(scene, known.get(idOf(scene)), choice);
		if (sample) samples.push(sample);
	}
	const style = await resolveConfig(MANIFEST);
	const manifest = { samples: await withVerdicts(ROOT, samples, labels) };
	writeFileSync(MANIFEST, await format(JSON.stringify(manifest), { ...style, parser: 'json' }));
}

await runCommand(main);
