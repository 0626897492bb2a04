import { spawn } from 'node:child_process';

/**
 * Run a program with our own terminal and wait for its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env] added to our own environment
 * @returns {Promise<number>} its exit code; 127 if there is no such program, 1 if a signal ended it
 */
export function run(command, args, env = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
		child.once('error', () => resolve(127));
		child.once('exit', (code) => resolve(code ?? 1));
	});
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
