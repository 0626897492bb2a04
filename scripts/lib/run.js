import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';

/** @type {AsyncLocalStorage<Buffer[]>} where what is run writes to, if that is not our own terminal */
const apart = new AsyncLocalStorage();

/**
 * Run a program with our own terminal and wait for its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env] added to our own environment
 * @returns {Promise<number>} its exit code; 127 if there is no such program, 1 if a signal ended it
 */
export function run(command, args, env = {}) {
	const said = apart.getStore();
	return new Promise((resolve) => {
		/** @type {import('node:child_process').StdioOptions} */
		const stdio = said ? ['ignore', 'pipe', 'pipe'] : 'inherit';
		const child = spawn(command, args, { stdio, env: { ...process.env, ...env } });
		child.stdout?.on('data', (/** @type {Buffer} */ text) => said?.push(text));
		child.stderr?.on('data', (/** @type {Buffer} */ text) => said?.push(text));
		child.once('error', () => resolve(127));
		child.once('close', (code) => resolve(code ?? 1));
	});
}

/**
 * Do work whose programs run beside others: what they say is kept together, and comes with the result.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<{ result: T, said: string }>}
 */
export async function runApart(work) {
	/** @type {Buffer[]} */
	const said = [];
	const result = await apart.run(said, work);
	return { result, said: Buffer.concat(said).toString() };
}

/**
 * Run npm: the one that runs us, if one does.
 * @param {...string} args
 */
export function npm(...args) {
	const { npm_execpath: script } = process.env;
	if (script?.endsWith('.js')) return run(process.execPath, [script, ...args]);
	return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

/**
 * Run a program that one of our dependencies brings.
 * @param {string} script relative to node_modules, e.g. `vite/bin/vite.js`
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 */
export function tool(script, args, env) {
	return run(process.execPath, [`node_modules/${script}`, ...args], env);
}
