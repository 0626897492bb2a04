import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATALOGUE, type Scene } from './catalogue.ts';
import { fingerprint } from './source.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SCENE: Scene = { scene: 'golf_ball', title: '', alt: '', intended: 574, size: [960, 720], samples: 24 };

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'samples-test-'));
	cpSync(HERE, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Append a line to a file of the copy, and say whether the scene's fingerprint is another one then. */
function changes(path: string): boolean {
	const before = fingerprint(folder, SCENE);
	writeFileSync(join(folder, path), `${readFileSync(join(folder, path), 'utf8')}\n# changed\n`);
	return fingerprint(folder, SCENE) !== before;
}

describe('fingerprint', () => {
	it('is the same for the same files', () => {
		expect(fingerprint(folder, SCENE)).toBe(fingerprint(HERE, SCENE));
		expect(fingerprint(folder, SCENE)).toMatch(/^[0-9a-f]{16}$/);
	});

	it.each(['scenes/golf_ball.py', 'render.py', 'studio/film.py', 'studio/plants.py', 'studio/shape.py'])(
		'changes with %s',
		(path) => expect(changes(path)).toBe(true)
	);

	it.each(['scenes/candle.py', 'studio/matter.py'])('does not change with %s, which the scene does not use', (path) =>
		expect(changes(path)).toBe(false)
	);

	it('changes with the size and the samples, not with the words', () => {
		const own = fingerprint(folder, SCENE);
		expect(fingerprint(folder, { ...SCENE, samples: 25 })).not.toBe(own);
		expect(fingerprint(folder, { ...SCENE, size: [960, 640] })).not.toBe(own);
		expect(fingerprint(folder, { ...SCENE, alt: 'A ball.' })).toBe(own);
	});

	it('can be taken of every scene of the catalogue', () => {
		const all = CATALOGUE.map((scene) => fingerprint(folder, scene));
		expect(new Set(all).size).toBe(CATALOGUE.length);
	});
});
