import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from 'playwright/test';
import { currentName } from '../../src/lib/base/renames';
import { CUTS } from '../../src/lib/content/cut';
import { BACKENDS } from '../../src/lib/engine/backends/names';
import { ComparePage } from './compare-page';
import { InspectPage } from './inspect-page';
import { LessonPage } from './lesson-page';

/** What an address opens, as it can be read from the page: counted from 1, as there. */
export type Opened = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface Recorded {
	/** Relative to the site. */
	readonly address: string;
	readonly opens: Opened;
}

/** What each address opened on the site that `record-addresses.ts` was run on. */
export const LIST = 'tests/e2e/addresses.json';

/** The list, in full: there, an address says only what is other than at the page's own, `inspect/` of `inspect/?block=2`. */
export function recorded(): Recorded[] {
	const list = JSON.parse(readFileSync(LIST, 'utf8')) as Recorded[];
	return list.map(({ address, opens }) => ({ address, opens: { ...usual(list, address), ...opens } }));
}

/** The text of the list, shortened so. */
export function listOf(all: readonly Recorded[]): string {
	const list = all.map(({ address, opens }) => {
		const known = JSON.stringify(Object.entries(usual(all, address)));
		const isOther = (entry: unknown) => !known.includes(JSON.stringify(entry));
		return { address, opens: Object.fromEntries(Object.entries(opens).filter(isOther)) };
	});
	return JSON.stringify(list);
}

/** What the same page opens without a query and a hash; what leads elsewhere there is not part of it. */
function usual(all: readonly Recorded[], address: string): Opened {
	const own = address.replace(/[?#].*/, '');
	const page = own === address ? undefined : all.find((one) => one.address === own);
	return page?.opens ?? {};
}

/** Whether what it opens depends on there being a GPU. */
export const asksForGpu = ({ address }: Recorded): boolean => /[?&]backend=web/.test(address);

/** Opens an address, and compares what it opened with the record. */
export async function opensAsRecorded(page: Page, site: string, { address, opens }: Recorded): Promise<void> {
	const read = await openAndRead(page, site, address);
	const cut = CUTS[chapterOf(address)];
	expect.soft(read, address).toEqual({
		...asToday(hadOne(opens) ? withCnn(opens) : opens),
		// Where each of its parts went is the unit tests' to look at: src/lib/content/cut.test.ts.
		...(cut && { heading: expect.any(String) as unknown, anchors: expect.any(Array) as unknown })
	});
}

/** Whether nothing was there to be laid beside the only model. */
const hadOne = ({ models }: Opened): boolean => Array.isArray(models) && models.includes('');

/** The CNN that comes with the page since is laid beside it: there is no attention to be compared then. */
const withCnn = ({ heading = null, anchors = null, compare = null, models }: Opened): Opened => ({
	...{ heading, anchors, compare },
	models: (models as string[]).map((id) => id || 'patchwork-c')
});

/** A model that has another name today is meant by it; and pages may have more places than they had. */
function asToday({ anchors, model, models, ...opens }: Opened): Record<string, unknown> {
	const named = (id: unknown) => currentName('model', String(id));
	return {
		...opens,
		...(anchors && { anchors: expect.arrayContaining(anchors as string[]) as unknown }),
		...(model && { model: named(model) }),
		...(models && { models: (models as string[]).map(named) })
	};
}

/** Opens an address as from somewhere else, and reads what it opened. @param site where the site's root is */
export async function openAndRead(page: Page, site: string, address: string): Promise<Opened> {
	const { href, hash, searchParams } = new URL(address, site);
	const cut = CUTS[chapterOf(address)];
	// From one part of a page to another the browser would load nothing.
	if (withoutHash(page.url()) === withoutHash(href)) await page.goto('about:blank');
	await page.goto(href);
	await expect(page.locator('#svelte-announcer')).toBeAttached();
	if (cut) await page.waitForURL(({ pathname }) => cut.into.some((slug) => pathname.endsWith(`/${slug}/`)));
	const [, read] = READERS.find(([pages]) => pages.test(address)) ?? [];
	return {
		heading: await page.getByRole('heading', { level: 1 }).innerText(),
		anchors: await anchorsOf(page),
		...(hash && { target: await idOf(page.locator(':target')) }),
		...(await read?.(page, searchParams))
	};
}

const chapterOf = (address: string) => /^learn\/([a-z-]+)\//.exec(address)?.[1] ?? '';

const withoutHash = (address: string) => address.replace(/#.*/, '');

/** @param asked what the address says; the page's own, which it writes anew, soon says more */
type Read = (page: Page, asked: URLSearchParams) => Promise<Opened>;

const READERS: readonly (readonly [pages: RegExp, read: Read])[] = [
	[/^$/, (page) => readPhoto(new InspectPage(page))],
	[/^inspect/, (page, asked) => readInspect(new InspectPage(page), asked)],
	[/^compare/, (page) => readCompare(new ComparePage(page))],
	[/^learn\/(?!glossary)[a-z]/, (page, asked) => readChapter(new LessonPage(page), asked)]
];

/** What a link may lead to on this page: the parts of a chapter, the terms of the glossary, what a list of contents names. */
const anchorsOf = (page: Page): Promise<string[]> =>
	page.locator('[data-part], dl > [id], section[id], h2[id]').evaluateAll((nodes) =>
		// A section's title is named for the section, and is no place of its own.
		nodes.map(({ id }) => id).filter((id) => !/-(title|heading)$/.test(id))
	);

async function readPhoto(inspect: InspectPage): Promise<Opened> {
	await inspect.shows(/./);
	return {
		sample: await pressed(inspect.page),
		figure: await inspect.caption.locator('.title').innerText(),
		...(await readMap(inspect.photo))
	};
}

async function readInspect(inspect: InspectPage, asked: URLSearchParams): Promise<Opened> {
	const { page } = inspect;
	return {
		...(await readPhoto(inspect)),
		...(await readLook(page)),
		model: await page.getByLabel('Model', { exact: true }).inputValue(),
		size: await sideOf(page),
		// Left to itself, the page takes what is fastest on this machine.
		...(BACKENDS.some((name) => name === asked.get('backend')) && {
			backend: await word(page.locator('summary', { hasText: 'Runs on ' }), /on (\w+)/)
		}),
		stop: await page
			.getByRole('navigation', { name: 'From photo to prediction' })
			.locator('[aria-current]')
			.innerText(),
		query: await word(inspect.query.getByRole('heading'), /: (.+)/),
		block: await option(page.getByLabel('Block', { exact: true })),
		head: await choice(page, 'Head', 'label')
	};
}

async function readCompare(compare: ComparePage): Promise<Opened> {
	const { page } = compare;
	// Of a CNN there is no attention to be measured against the other's.
	const none = page.getByRole('region', { name: 'How they differ' }).getByText('no attention');
	await expect(none.or(compare.elsewhere.filter({ hasText: /\d/ }))).not.toHaveCount(0, { timeout: 60_000 });
	await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 45_000 });
	const menus = await page.getByLabel('Model', { exact: true }).all();
	const models = await Promise.all(menus.map((menu) => menu.inputValue()));
	const compared = await choice(page, 'What to compare');
	if ((await none.count()) > 0) return { compare: compared, models };
	return {
		compare: compared,
		query: await word(page.getByRole('heading', { name: /^Both look from/ }), /from (.+)/),
		linked: await isOn(page.getByRole('switch', { name: /^(Link the blocks|Same head in both)/ })),
		models,
		...(await readLook(page)),
		...(await readPanel(compare, 'A')),
		...(await readPanel(compare, 'B'))
	};
}

async function readPanel(compare: ComparePage, name: 'A' | 'B'): Promise<Opened> {
	const panel = compare.panel(name);
	const { token, most } = await readMap(compare.photo(name));
	return {
		[`${name} photo`]: await word(panel.locator('h2 .visually-hidden').first(), /^[AB]: [^,]+, (.+), block/),
		[`${name} token`]: token ?? null,
		[`${name} most`]: most ?? null,
		[`${name} block`]: await option(panel.getByLabel('Block', { exact: true })),
		[`${name} head`]: await option(panel.getByLabel('Head', { exact: true })),
		[`${name} size`]: await sideOf(panel)
	};
}

/** How the map is drawn, which both pages have. */
async function readLook(page: Page): Promise<Opened> {
	return {
		direction: await choice(page, 'Show what'),
		opacity: await page.getByRole('slider', { name: 'Opacity' }).inputValue(),
		colours: await page.getByLabel('Colour map').inputValue(),
		scale: await choice(page, 'Scale'),
		smooth: await isOn(page.getByRole('switch', { name: 'Smooth' })),
		grid: await isOn(page.getByRole('switch', { name: 'Patch grid' })),
		seen: await isOn(page.getByRole('switch', { name: 'Pixels the model saw' }))
	};
}

/** The token that is looked from, counted from 0 with CLS, and the patch that its map is strongest at, if it shows one. */
async function readMap(photo: Locator): Promise<Opened> {
	const said = (await photo.getAttribute('aria-valuetext')) ?? '';
	return {
		token: Number(await photo.getAttribute('aria-valuenow')),
		most: /most (?:to|from) ([^:]+):/i.exec(said)?.[1] ?? null
	};
}

/** The part that is read, and the figure that stands beside it; where the address chooses what runs, what came of that. */
async function readChapter(lesson: LessonPage, asked: URLSearchParams): Promise<Opened> {
	const { page, figure, ledger } = lesson;
	if ((await figure.count()) === 0) return {};
	// The questions at a chapter's end leave the figure as it was, and there was none.
	if (lesson.part() === 'questions') return { step: lesson.part(), figure: null };
	if (asked.size > 0) await lesson.isLive();
	else await expect(figure).toHaveAttribute('aria-busy', 'false', { timeout: 45_000 });
	return {
		// A prediction is marked nowhere but in the address.
		step: (await idOf(page.locator('[data-part].active'))) ?? lesson.part(),
		figure: await figure.getAttribute('aria-label'),
		...(asked.size > 0 && {
			says: await page.locator('p.now b').innerText(),
			shape: await ledger.locator('.shape b').allInnerTexts()
		})
	};
}

const idOf = async (node: Locator) => ((await node.count()) === 0 ? null : node.getAttribute('id'));

const word = async (node: Locator, pattern: RegExp) =>
	pattern.exec((await node.textContent()) ?? '')?.[1]?.trim() ?? null;

const isOn = async (toggle: Locator) => ((await toggle.count()) === 0 ? null : toggle.isChecked());

const option = (menu: Locator) => menu.locator('option:checked').innerText();

/** Rows and columns of pixels that the model reads, as its button says them. */
const sideOf = async (scope: Page | Locator) => {
	const button = scope.locator('summary', { hasText: 'Reads ' });
	return (await button.count()) === 0 ? null : word(button, /Reads (.+)/);
};

async function pressed(scope: Page | Locator): Promise<string | null> {
	const samples = scope.getByRole('list', { name: 'Sample images' });
	return samples.locator('[aria-pressed="true"]').getAttribute('title');
}

function choice(page: Page, name: string, what: 'value' | 'label' = 'value'): Promise<string> {
	const checked = page.getByRole('radiogroup', { name, exact: true }).locator('input:checked');
	return what === 'value' ? checked.inputValue() : checked.locator('xpath=..').innerText();
}
