import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { asJson, type BrowserWindow } from './window';

/** No first-run pages, no reports, no updates. */
const PREFERENCES = {
	'app.update.enabled': false,
	'browser.shell.checkDefaultBrowser': false,
	'datareporting.policy.dataSubmissionEnabled': false,
	'toolkit.telemetry.enabled': false
};

/**
 * A Firefox without a head, driven over WebDriver BiDi, which it speaks by itself.
 * @param program its path
 * @see https://w3c.github.io/webdriver-bidi/
 */
export async function openFirefox(program: string): Promise<BrowserWindow> {
	const profile = await mkdtemp(join(tmpdir(), 'firefox-'));
	const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${value});`);
	await writeFile(join(profile, 'user.js'), lines.join('\n'));
	const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'];
	const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
	const bidi = await connect(await listening(child.stderr));
	const { capabilities } = await bidi.send<{ capabilities: { browserName: string; browserVersion: string } }>(
		'session.new',
		{ capabilities: {} }
	);
	const { contexts } = await bidi.send<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
	const context = contexts[0]?.context;

	return {
		name: `${capabilities.browserName} ${capabilities.browserVersion}`,
		async open(url) {
			await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' });
		},
		async ask(work, ...args) {
			const { result, exceptionDetails } = await bidi.send<Evaluated>('script.callFunction', {
				functionDeclaration: asJson(work),
				arguments: [{ type: 'string', value: JSON.stringify(args) }],
				awaitPromise: true,
				target: { context }
			});
			if (exceptionDetails) throw new Error(exceptionDetails.text);
			return JSON.parse(result?.value ?? 'null');
		},
		async close() {
			bidi.close();
			const ended = once(child, 'exit');
			child.kill();
			await ended;
			await rm(profile, { recursive: true, force: true });
		}
	};
}

interface Evaluated {
	readonly result?: { readonly value: string };
	readonly exceptionDetails?: { readonly text: string };
}

/** The address that the browser says it listens at. */
async function listening(stderr: NodeJS.ReadableStream): Promise<string> {
	for await (const line of createInterface(stderr)) {
		const address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
		if (address) return `${address}/session`;
	}
	throw new Error('Firefox ended before it listened.');
}

interface Answer {
	readonly id?: number;
	readonly type: string;
	readonly result?: unknown;
	readonly message?: string;
}

/** Commands go out numbered, and answers come back by their number. */
async function connect(address: string) {
	const socket = new WebSocket(address);
	const waiting = new Map<number, (answer: Answer) => void>();
	socket.addEventListener('message', ({ data }) => {
		const answer = JSON.parse(String(data)) as Answer;
		if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
	});
	await once(socket, 'open');
	let count = 0;
	return {
		async send<T>(method: string, params: object): Promise<T> {
			const id = ++count;
			const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
			socket.send(JSON.stringify({ id, method, params }));
			const { type, result, message } = await answered;
			waiting.delete(id);
			if (type === 'error') throw new Error(`${method}: ${message}`);
			return result as T;
		},
		close: () => socket.close()
	};
}
