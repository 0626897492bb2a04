import { expect, it } from 'vitest';
import { run, runApart } from './run.js';

const node = (code: string) => run(process.execPath, ['-e', code]);

it('keeps what two programs say apart, though they run at once', async () => {
	const say = (word: string) => runApart(() => node(`console.log('${word} one'); console.error('${word} two')`));
	const [a, b] = await Promise.all([say('a'), say('b')]);
	expect(a.said.split('\n').sort()).toEqual(['', 'a one', 'a two']);
	expect(b.said.split('\n').sort()).toEqual(['', 'b one', 'b two']);
});

it('gives the exit code, and one of its own for what cannot be run or was ended', async () => {
	const codes = async () => [
		await node('process.exit(3)'),
		await node('process.kill(process.pid)'),
		await run('no-such-program-anywhere', [])
	];
	expect((await runApart(codes)).result).toEqual([3, 1, 127]);
});
