import { expect, FAILED_REQUESTS, needsShared, test } from '../fixtures';
import { filesKept } from '../kept';

/** ViT-Tiny comes from a look-alike of the hub to a site that does not have it. */
test.use({ tolerated: FAILED_REQUESTS, fresh: true });

const FETCH = 'Fetch ViT-Tiny/16 from the hub (22.9 MB)';
const FETCHING = 'Fetching ViT-Tiny/16';

test.beforeEach(() => needsShared());

test('a model is fetched with progress in bytes, cancelled, fetched again, kept, and deleted', async ({
	inspect,
	page,
	hub,
	engine
}) => {
	await inspect.open();
	const [small, guesses, held] = [await inspect.result(), await inspect.guesses(), await engine.held()];
	hub.faults.slow = 40;
	await inspect.button(FETCH).click();
	const progress = page.getByRole('progressbar', { name: FETCHING });
	await expect(progress).toHaveAttribute('aria-valuetext', /^[1-9]\d*\.\d of 22\.9 MB$/);
	await expect(inspect.button(FETCH)).toBeDisabled();
	await inspect.button('Cancel').click();
	await inspect.settles();
	await expect(inspect.alert).toHaveCount(0);
	expect(await inspect.result()).toEqual(small);
	expect(await engine.held()).toEqual(held);

	hub.faults.slow = 0;
	await inspect.button(FETCH).click();
	await expect(inspect.predictions).toContainText('ViT-Tiny/16', { timeout: 45_000 });
	await inspect.settles();
	await expect(page.getByLabel('Model', { exact: true })).toHaveValue('vit-tiny');
	const [first] = await inspect.guesses();
	expect(first?.label).toBe('golf ball');
	expect(first?.probability).toBeGreaterThan(0.99);
	await expect(page.getByRole('gridcell')).toHaveCount(36);
	await expect(inspect.button(FETCH)).toHaveCount(0);

	await expect(page).toHaveURL(/model=vit-tiny/);
	const asked = hub.seen.length;
	await page.reload();
	await inspect.shows(/golf ball/);
	await expect(inspect.predictions).toContainText('ViT-Tiny/16');
	expect(hub.seen).toHaveLength(asked);

	await page.getByLabel('Model', { exact: true }).selectOption('Patchwork-T');
	await expect(inspect.predictions).toContainText('Patchwork-T: right at its first guess', { timeout: 45_000 });
	await inspect.settles();
	expect(await inspect.guesses()).toEqual(guesses);

	await page.getByRole('link', { name: 'Models', exact: true }).click();
	const card = page.getByRole('article', { name: 'ViT-Tiny/16' });
	await expect(card).toContainText('Kept in this browser, 22.9 MB');
	await card.getByRole('button', { name: 'Delete from this browser' }).click();
	const dialog = page.getByRole('dialog', { name: 'Delete ViT-Tiny/16?' });
	await expect(dialog).toContainText('22.9 MB');
	await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(card).toContainText('Kept in this browser, 22.9 MB');
	await expect(card.getByRole('button', { name: 'Delete from this browser' })).toBeFocused();
	await card.getByRole('button', { name: 'Delete from this browser' }).click();
	await dialog.getByRole('button', { name: 'Delete it' }).click();
	await expect(card).toContainText('On the hub, at timm/vit_tiny_patch16_224');
	// The button that asked has gone with the model.
	await expect(card).toBeFocused();
	expect(await filesKept(page)).toBe(0);
});

test('switching models and back gives the same result and leaves nothing behind', async ({
	inspect,
	page,
	hub,
	engine
}) => {
	void hub;
	await inspect.open();
	const [small, held] = [await inspect.guesses(), await engine.held()];
	const menu = page.getByLabel('Model', { exact: true });
	await menu.selectOption({ label: 'DINO ViT-S/16 (about 86.7 MB)' });
	await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click();
	await expect(menu).toHaveValue('patchwork-t');
	await menu.selectOption({ label: 'ViT-Tiny/16 (22.9 MB)' });
	await expect(inspect.predictions).toContainText('ViT-Tiny/16', { timeout: 45_000 });
	await inspect.settles();
	await page.getByLabel('Model', { exact: true }).selectOption('Patchwork-T');
	await expect(inspect.predictions).toContainText('Patchwork-T', { timeout: 45_000 });
	await inspect.settles();
	expect(await inspect.guesses()).toEqual(small);
	expect(await engine.held()).toEqual(held);
});

test('from the models page it is fetched too, and used', async ({ page, hub, inspect }) => {
	void hub;
	await page.goto('models/');
	const card = page.getByRole('article', { name: 'ViT-Tiny/16' });
	await card.getByRole('button', { name: 'Fetch 22.9 MB and use it' }).click();
	await card.getByRole('link', { name: 'In use: look at it' }).click({ timeout: 45_000 });
	await inspect.shows(/golf ball/);
	await expect(inspect.predictions).toContainText('ViT-Tiny/16', { timeout: 45_000 });
});

const FAULTS = [
	{
		what: 'altered',
		faults: { altered: true },
		sentence:
			/^model\.safetensors is not the file that was announced: its size or checksum differs\. Fetch the model again\.$/
	},
	{
		what: 'truncated',
		faults: { truncated: 1_000_000 },
		sentence: /^model\.safetensors is incomplete: 1000000 of 22883\d+ bytes arrived\. Fetch the model again\.$/
	},
	{
		what: 'not there',
		faults: { status: 404 },
		sentence: /^127\.0\.0\.1:\d+ does not have timm\/vit_tiny.* \(404\): check the name and the address\.$/
	},
	{
		what: 'behind an account',
		faults: { status: 401 },
		sentence: /without an account \(401\): it is private or gated there/
	},
	{
		what: 'on a hub that is busy',
		faults: { status: 503 },
		sentence: /cannot send timm\/vit_tiny.* just now \(503\): try again in a few minutes\.$/
	},
	{
		what: 'a web page',
		faults: { page: true },
		sentence: /answered with something other than a list of files: check the hub’s address\.$/
	}
] as const;

for (const { what, faults, sentence } of FAULTS) {
	test(`a model that is ${what}: one sentence, and all as it was`, async ({ inspect, page, hub, engine }) => {
		await inspect.open();
		const [result, held] = [await inspect.result(), await engine.held()];
		Object.assign(hub.faults, faults);
		await inspect.button(FETCH).click();
		await expect(inspect.sentence).toHaveText(sentence, { timeout: 45_000 });
		await inspect.settles();
		expect(await inspect.result()).toEqual(result);
		expect(await engine.held()).toEqual(held);
		await expect(page.getByLabel('Model', { exact: true })).toHaveValue('patchwork-t');
		await expect(inspect.button(FETCH)).toBeEnabled();
	});
}

test('a connection that is cut is taken up where it broke', async ({ inspect, hub }) => {
	await inspect.open();
	Object.assign(hub.faults, { cutAfter: 9_000_000, cuts: 1 });
	await inspect.button(FETCH).click();
	await expect(inspect.predictions).toContainText('ViT-Tiny/16', { timeout: 45_000 });
	expect(hub.seen.map(({ range }) => range)).toContainEqual(expect.stringMatching(/^bytes=[1-9]\d*-$/));
	await expect(inspect.alert).toHaveCount(0);
});

test('no room to keep the model: it works, and the page says that it is not kept', async ({
	inspect,
	page,
	hub,
	context,
	site
}) => {
	void hub;
	await inspect.open();
	const browser = await context.newCDPSession(page);
	await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(site).origin, quotaSize: 1_000_000 });
	await inspect.button(FETCH).click();
	await expect(inspect.predictions).toContainText('ViT-Tiny/16', { timeout: 45_000 });
	await expect(
		page.getByText(/^There is no room left in this browser to keep the model: it works for this visit/)
	).toBeVisible();
	await expect(inspect.alert).toHaveCount(0);
	await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(site).origin });
});

test('an address that is no hub is refused, another one is used', async ({ page, hub }) => {
	void hub;
	await page.goto('models/');
	const address = page.getByLabel('Address of the hub');
	await address.fill('not an address');
	await page.getByRole('button', { name: 'Use it' }).last().click();
	await expect(page.getByRole('alert').getByRole('paragraph')).toHaveText(
		/"not an address" is not a web address: write it like https:/
	);
	await address.fill('http://127.0.0.1:9/');
	await page.getByRole('button', { name: 'Use it' }).last().click();
	await expect(page.getByText('Models are fetched from http://127.0.0.1:9.')).toBeVisible();
	await page.getByRole('button', { name: 'Fetch 22.9 MB and use it' }).click();
	await expect(page.getByRole('alert').getByRole('paragraph')).toHaveText(
		/^127\.0\.0\.1:9 did not answer, so timm\/.* could not be fetched: check the connection/
	);
});
