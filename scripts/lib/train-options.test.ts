import { expect, it } from 'vitest';
import { TABLE, trainOptions } from './train-options.ts';

const options = (...args: string[]) => trainOptions(['--task', 'shape', '--model', 'vit', ...args]);

it('need a task and a model, and nothing else', () => {
	expect(options()).toEqual({
		training: {
			...{ task: 'shape', model: 'vit', pictures: 1000, size: 32, seed: 1, steps: undefined, minutes: Infinity },
			...{ mirror: false, shift: 0, distil: false, backend: 'wasm' }
		}
	});
	expect(() => trainOptions(['--task', 'shape'])).toThrow(/^Missing --model. Usage/);
	expect(() => trainOptions(['--model', 'cnn'])).toThrow(/^Missing --task. Usage/);
});

it('say how long, on how many pictures and with what changes', () => {
	const all = [
		'--pictures',
		'50',
		'--size',
		'48',
		'--seed',
		'0',
		'--steps',
		'9',
		'--minutes',
		'0.5',
		'--mirror',
		'--shift',
		'2'
	];
	expect(options(...all, '--distil', '--backend', 'cpu')).toMatchObject({
		training: {
			pictures: 50,
			size: 48,
			seed: 0,
			steps: 9,
			minutes: 0.5,
			mirror: true,
			shift: 2,
			distil: true,
			backend: 'cpu'
		}
	});
});

it('ask for the table, where the pages read it or elsewhere', () => {
	expect(trainOptions(['--table'])).toEqual({ table: TABLE });
	expect(trainOptions(['--table', '--out', '/x/y.json'])).toEqual({ table: '/x/y.json' });
});

it.each([
	[['--task', 'colour'], /^There is no task "colour": there are shape, same-different, texture, position. Usage/],
	[['--model', 'rnn'], /^There is no model "rnn": there are vit, cnn. Usage/],
	[['--pictures', '0'], /^--pictures takes a whole number of 1 or more. Usage/],
	[['--size', '40'], /^--size takes 32, 48, 64, in pixels, not "40". Usage/],
	[['--size', ''], /^--size takes 32, 48, 64, in pixels, not "". Usage/],
	[['--steps', '2.5'], /^--steps takes a whole number of 1 or more. Usage/],
	[['--minutes', '-1'], /^Option '--minutes' argument is ambiguous/],
	[['--minutes', '0'], /^--minutes takes a number above 0, not "0". Usage/],
	[['--backend', 'webgl'], /^Node has the backends wasm and cpu, not "webgl". Usage/],
	[['--model', 'cnn', '--distil'], /^--distil teaches a ViT; ask for --model vit. Usage/]
])('refuses %j', (args, sentence) => {
	expect(() => options(...args)).toThrow(sentence);
});
