import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { runCommand, typedPath } from './lib/cli.ts';
import { writeChapter } from './lib/new-chapter.ts';

/** `npm run new:chapter -- [--slug window-attention] [--title "Attention in windows"]`; asks for what is not given. */
await runCommand(async () => {
	const options = {
		slug: { type: 'string' },
		title: { type: 'string' },
		root: { type: 'string' }
	} as const;
	const { values } = parseArgs({ options });
	const slug = values.slug ?? (await ask('Name in the address, such as window-attention: '));
	const title = values.title ?? (await ask('Title: '));
	for (const path of writeChapter(values.root === undefined ? '.' : typedPath(values.root), slug, title))
		console.log(path);
});

async function ask(question: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question(question);
	terminal.close();
	return answer.trim();
}
