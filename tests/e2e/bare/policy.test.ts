import { readdirSync, readFileSync } from 'node:fs';
import { hashesOf } from '../../../scripts/lib/policy.js';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import { LessonPage } from '../lesson-page';
import { plain, upload } from '../pictures';

/** Whatever the browser refuses is told on the console by this sentence, as by its own. */
const REFUSED = 'The policy refuses';

/** Has the page say what its policy refuses, and what ran that should not have. */
const listen = () => {
	document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
		console.error(`The policy refuses ${blockedURI} as ${effectiveDirective}. ${sample}`)
	);
};

test('every built page has the policy before anything that it concerns, and no script without a hash', () => {
	const pages = readdirSync('build', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
	expect(pages.length).toBeGreaterThan(20);
	for (const path of pages) {
		const html = readFileSync(`build/${path}`, 'utf8');
		const [meta = '', policy = ''] = /<meta http-equiv="content-security-policy" content="([^"]*)"/.exec(html) ?? [];
		expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'; ")]);
		const [scripts = ''] = /script-src [^;]*/.exec(policy) ?? [];
		expect([path, scripts.replace(/ 'sha256-[^']*'/g, '')]).toEqual([path, "script-src 'self' 'wasm-unsafe-eval'"]);
		for (const hash of hashesOf(html)) expect([path, scripts]).toEqual([path, expect.stringContaining(`'${hash}'`)]);
		const before = html.slice(0, html.indexOf(meta));
		expect([path, before.match(/<(link|script)\b/g)]).toEqual([path, ['<link', '<script']]);
		expect([path, /\son[a-z]+\s*=\s*["']/i.test(html.replace(/<code[\s\S]*?<\/code>/g, ''))]).toEqual([path, false]);
	}
});

test('every built page finds its files from wherever it lies, but the one for what is nowhere', () => {
	const pages = readdirSync('build', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
	for (const path of pages.filter((path) => path !== '404.html')) {
		const html = readFileSync(`build/${path}`, 'utf8');
		expect([path, html.match(/\s(?:href|src)="\/[^"]*"/g)]).toEqual([path, null]);
	}
});

test('nothing on the main ways asks for more than the policy allows', async ({ page, inspect, problems }) => {
	await page.addInitScript(listen);
	await page.goto('./?backend=wasm');
	await inspect.shows(/golf ball/);
	await new LessonPage(page).open('attention');
	await inspect.open();
	await inspect.drop(await upload('mine', plain('red')));
	await inspect.shows('Your photo, mine.png');
	await inspect.save('Overlay as PNG');
	await page.goto('models/');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.goto('train/?backend=wasm');
	await page.getByRole('button', { name: 'Try it with our samples' }).click();
	await expect(
		page
			.getByRole('region', { name: /^Class / })
			.getByRole('img')
			.first()
	).toBeVisible();
	await page.goto('train/?part=grow');
	await page.getByRole('button', { name: 'One step' }).click({ timeout: 90_000 });
	await expect(page.locator('.grow')).toHaveAttribute('data-steps', '1', { timeout: 90_000 });
	expect(problems).toEqual([]);
});

test.describe('what is slipped into a page', () => {
	test.use({ tolerated: new RegExp(`${FAILED_REQUESTS.source}|${REFUSED}|Content Security Policy`) });

	test('does not run, and sends nothing away', async ({ page }) => {
		await page.addInitScript(listen);
		const told: string[] = [];
		page.on('console', (message) => message.text().startsWith(REFUSED) && told.push(message.text()));
		await page.goto('about/');
		await page.evaluate(async () => {
			const script = document.createElement('script');
			script.textContent = 'window.ran = "a script"';
			document.body.append(script);
			document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.ran = \'a handler\'">');
			document.body.insertAdjacentHTML('beforeend', '<object data="about/"></object>');
			const form = Object.assign(document.createElement('form'), { action: 'about/' });
			document.body.append(form);
			form.submit();
			await fetch('http://photos.example/').catch(() => undefined);
			await new Promise((done) => setTimeout(done));
			// Not in this call itself, in which the browser lets those who test make programs of text.
			await new Promise<void>((done) =>
				setTimeout(() => {
					try {
						new Function('window.ran = "a text"')();
					} catch {
						// As it should be.
					}
					done();
				})
			);
		});
		expect(await page.evaluate(() => (window as { ran?: string }).ran)).toBeUndefined();
		const kinds = ['script-src-elem', 'script-src-attr', 'object-src', 'form-action', 'connect-src', 'script-src'];
		await expect.poll(() => kinds.filter((kind) => !told.some((line) => line.includes(` as ${kind}.`)))).toEqual([]);
	});
});
