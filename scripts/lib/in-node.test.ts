import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('what writes numbers for readers does so in Node, too, where Vite gives modules no environment', () => {
	const script = `import('./src/lib/marks/numbers.ts').then(({ percent }) => console.log(percent(0.5)))`;
	const said = execFileSync(process.execPath, ['--import', 'tsx', '--eval', script], { encoding: 'utf8' });
	expect(said.trim()).toBe('50.0 %');
});
