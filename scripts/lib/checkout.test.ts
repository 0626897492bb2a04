import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkoutOf, isCovered } from './checkout.ts';

const lock = (versions: Record<string, string>) => ({
	packages: Object.fromEntries(
		Object.entries(versions).map(([path, version]) => [path, { version, integrity: version }])
	)
});

let root = '';
const git = (...args: string[]) =>
	execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
		encoding: 'utf8'
	});

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'checkout-'));
	mkdirSync(join(root, 'node_modules'));
	writeFileSync(join(root, 'node_modules/here'), '');
	writeFileSync(join(root, 'package.json'), '{"name":"before"}');
	writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock({ '': '1', 'node_modules/a': '2' })));
	git('init', '-q');
	git('add', 'package.json', 'package-lock.json');
	git('commit', '-q', '-m', 'Before');
	writeFileSync(join(root, 'package.json'), '{"name":"after"}');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('another checkout', () => {
	it('is a commit’s files with the packages that are here, where they are the same', async () => {
		const folder = await checkoutOf(root, 'HEAD');
		expect(folder).toBe(join(root, '.cache/commits', git('rev-parse', 'HEAD').trim()));
		expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{"name":"before"}');
		expect(existsSync(join(folder, 'node_modules/here'))).toBe(true);
		expect(await checkoutOf(root, 'HEAD')).toBe(folder);
	});

	it('is a folder as it is, where there is one', async () => {
		expect(await checkoutOf(root, root)).toBe(root);
		await expect(checkoutOf(root, join(root, 'no-such'))).rejects.toThrow('there is no folder');
	});

	it('must be there', async () => {
		await expect(checkoutOf(root, 'nowhere')).rejects.toThrow('neither a folder nor a commit called nowhere');
		await expect(checkoutOf(root, '--all')).rejects.toThrow('neither a folder nor a commit called --all');
	});
});

describe('packages', () => {
	const here = lock({ '': '1', 'node_modules/a': '2', 'node_modules/b': '3' });
	it('may be more than are needed, and the project’s own version is none', () =>
		expect(isCovered(lock({ '': '0', 'node_modules/a': '2' }), here)).toBe(true));
	it.each([[{ 'node_modules/a': '1' }], [{ 'node_modules/c': '1' }]])('%j are not here', (others) =>
		expect(isCovered(lock(others), here)).toBe(false)
	);
});
