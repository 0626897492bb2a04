import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { benchOptions } from './bench-options.ts';

let root = '';
const model = (folder: string) => {
	mkdirSync(join(root, folder), { recursive: true });
	for (const name of ['config.json', 'model.safetensors']) writeFileSync(join(root, folder, name), '');
	return join(root, folder);
};

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'bench-'));
	model('static/models/patchwork-t');
	vi.stubEnv('INIT_CWD', root);
});
afterEach(() => {
	vi.unstubAllEnvs();
	rmSync(root, { recursive: true });
});

describe('the options of the bench', () => {
	it('measure the best model that is here beside onnxruntime-web, on three backends', () => {
		const asked = {
			backends: ['wasm', 'webgl', 'webgpu'],
			runs: 15,
			threads: 1,
			against: null,
			transformers: null,
			memory: false,
			size: null,
			costs: false,
			launches: false,
			pages: false,
			scrub: false
		};
		const bundled = join(root, 'static/models/patchwork-t');
		expect(benchOptions([], root)).toEqual({ ...asked, model: bundled, gpu: false, site: false });
		expect(benchOptions([], root + '/').model).toBe(bundled);
		const better = model('static/models/vit-tiny');
		expect(benchOptions([], root).model).toBe(better);
	});

	it('take a relative path and an absolute one', () => {
		const mine = model('my models/50% #1');
		const other = join(root, 'other');
		mkdirSync(other);
		const relative = benchOptions(['--model', 'my models/50% #1', '--against', 'other'], '/elsewhere');
		const absolute = benchOptions(['--model', mine, '--against', other], '/elsewhere');
		expect(relative).toMatchObject({ model: mine, against: other });
		expect(absolute).toEqual(relative);
	});

	it.each([
		[[], 15],
		[['--against', 'x'], 40],
		[['--memory'], 6],
		[['--pages', '--against', 'x'], 10],
		[['--scrub'], 10],
		[['--against', 'x', '--memory'], 6],
		[['--against', 'x', '--runs', '7'], 7]
	])('%j make %i runs', (args, runs) => expect(benchOptions(args, root).runs).toBe(runs));

	it.each([
		[['--runs', '0'], '--runs takes a number of 1 or more'],
		[['--runs', ''], '--runs takes a number of 1 or more'],
		[['--threads', '1.5'], '--threads takes a number of 1 or more'],
		[['--backends', 'wasm,cuda'], '--backends takes webgpu, webgl, wasm, cpu'],
		[['--transformers', 'nowhere'], 'There is no transformers.js in '],
		[['--against', ''], '--against takes a commit, or the folder of another checkout'],
		[['--costs', '--memory'], 'Choose one of --memory, --costs, --launches, --pages and --scrub'],
		[
			['--launches', '--backends', 'webgl,wasm'],
			'--launches counts what a GPU is given: --backends takes webgl, webgpu'
		],
		[['--scrub', '--against', 'x'], '--scrub measures this checkout alone'],
		[['--model', 'nowhere'], 'There is no config.json in ']
	])('%j are refused', (args, sentence) => expect(() => benchOptions(args, root)).toThrow(sentence));

	it('count launches where there are any', () =>
		expect(benchOptions(['--launches'], root)).toMatchObject({ launches: true, backends: ['webgl', 'webgpu'] }));

	it('take the folder of transformers.js, and nothing else that is measured beside it', () => {
		const build = join(root, 'third/node_modules/@huggingface/transformers/dist');
		mkdirSync(build, { recursive: true });
		writeFileSync(join(build, 'transformers.min.js'), '');
		expect(benchOptions(['--transformers', 'third'], root).transformers).toBe(join(root, 'third'));
		const more = ['--transformers', 'third', '--memory'];
		expect(() => benchOptions(more, root)).toThrow('leave out what measures something else');
	});

	it('leave to git what is no folder', () =>
		expect(benchOptions(['--against', 'a089d76'], root).against).toBe('a089d76'));

	it('need a model', () => {
		expect(() => benchOptions([], '/elsewhere')).toThrow('There is no model to measure. Usage: npm run bench');
	});

	it('make up a model of a usual size once, and no other', () => {
		const made = join(root, '.cache/made-up/vit-b');
		mkdirSync(made, { recursive: true });
		for (const name of ['config.json', 'model.safetensors']) writeFileSync(join(made, name), 'there already');
		expect(benchOptions(['--made-up', 'vit-b'], root).model).toBe(made);
		expect(() => benchOptions(['--made-up', 'vit-z'], root)).toThrow('--made-up takes vit-b or vit-s8 or swin-t');
		expect(() => benchOptions(['--made-up', 'vit-b', '--model', made], root)).toThrow('no --model beside it');
	});
});
