import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { asJson, type BrowserWindow } from './window';

/** Milliseconds that a question to the page may take, a whole run of the model included. */
const PATIENCE = 180_000;

/**
 * WebKitGTK's own browser, driven over WebDriver by the driver that comes with it. It needs a display; where there is
 * none, Xvfb makes one.
 * @param program path of `WebKitWebDriver`
 * @see https://www.w3.org/TR/webdriver2/
 */
export async function openWebKit(program: string): Promise<BrowserWindow> {
	const display = process.env['DISPLAY'] ? null : await startDisplay();
	const port = await freePort();
	const env = { ...process.env, ...(display && { DISPLAY: display.name }) };
	const driver = spawn(program, [`--port=${port}`], { stdio: 'ignore', env });
	const call = caller(`http://127.0.0.1:${port}`);
	await isReady(call);
	const { sessionId, capabilities } = await call<Session>('POST', '/session', { capabilities: {} });
	const session = `/session/${sessionId}`;
	await call('POST', `${session}/timeouts`, { script: PATIENCE, pageLoad: PATIENCE });

	return {
		name: `${capabilities.browserName} (WebKitGTK ${capabilities.browserVersion})`,
		async open(url) {
			await call('POST', `${session}/url`, { url });
		},
		async ask(work, ...args) {
			const script = `const done = arguments[1]; (${asJson(work)})(arguments[0]).then((json) => done({ json }), (fault) => done({ fault: String(fault) }));`;
			const { json, fault } = await call<{ json?: string; fault?: string }>('POST', `${session}/execute/async`, {
				script,
				args: [JSON.stringify(args)]
			});
			if (fault !== undefined) throw new Error(fault);
			return JSON.parse(json ?? 'null');
		},
		async close() {
			await call('DELETE', session);
			for (const child of [driver, display?.child]) if (child) await end(child);
		}
	};
}

interface Session {
	readonly sessionId: string;
	readonly capabilities: { readonly browserName: string; readonly browserVersion: string };
}

type Call = <T>(method: string, path: string, body?: object) => Promise<T>;

function caller(root: string): Call {
	return async <T>(method: string, path: string, body?: object): Promise<T> => {
		const response = await fetch(root + path, { method, ...(body && { body: JSON.stringify(body) }) });
		const { value } = (await response.json()) as { value: T & { message?: string } };
		if (!response.ok) throw new Error(`${method} ${path}: ${value.message}`);
		return value;
	};
}

/** The driver takes a moment to listen. */
async function isReady(call: Call, tries = 50): Promise<void> {
	for (let i = 0; i < tries; i++) {
		const ready = await call<{ ready: boolean }>('GET', '/status').catch(() => null);
		if (ready?.ready) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('WebKitWebDriver does not answer.');
}

async function startDisplay(): Promise<{ readonly name: string; readonly child: ChildProcess }> {
	const child = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24'], {
		stdio: ['ignore', 'pipe', 'ignore']
	});
	const [number] = (await once(child.stdout, 'data')) as [Buffer];
	return { name: `:${String(number).trim()}`, child };
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	return typeof address === 'object' && address ? address.port : 0;
}

async function end(child: ChildProcess): Promise<void> {
	const ended = once(child, 'exit');
	child.kill();
	await ended;
}
