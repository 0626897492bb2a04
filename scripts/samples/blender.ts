import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import type { Scene } from './catalogue.ts';

const BLENDER = process.env['BLENDER'] ?? 'blender';

/** The version line of the Blender at hand. Throws one sentence where there is none. */
export function blenderVersion(): string {
	const { stdout, error } = spawnSync(BLENDER, ['--version'], { encoding: 'utf8' });
	if (error) {
		throw new PatchworkError(
			'request',
			'Blender was not found: install it (on Debian and Ubuntu `apt-get install blender`), or give its path in the variable BLENDER.'
		);
	}
	return stdout.split('\n')[0] ?? '';
}

/** Render a scene to a PNG, telling `progress` (0..1) now and then. Takes minutes. */
export function render(folder: string, scene: Scene, png: string, progress: (done: number) => void): Promise<void> {
	const size = [...scene.size, scene.samples].map(String);
	const script = [join(folder, 'render.py'), '--', join(folder, `scenes/${scene.scene}.py`), png];
	const child = spawn(BLENDER, ['-b', '--factory-startup', '--python-exit-code', '1', '-P', ...script, ...size]);
	let log = '';
	// Blender counts the samples of each of the two half-exposures from 1.
	let half = -1;
	child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
	child.stdout.on('data', (chunk: Buffer) => {
		const text = chunk.toString();
		log = (log + text).slice(-4000);
		const sample = Number(/Sample (\d+)\//.exec(text)?.[1] ?? 0);
		if (sample === 1) half += 1;
		if (sample) progress((Math.max(0, half) + sample / scene.samples) / 2);
	});
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) =>
			code === 0 ? resolve() : reject(new Error(`Blender gave up on ${scene.scene}:\n${log}`))
		);
	});
}
