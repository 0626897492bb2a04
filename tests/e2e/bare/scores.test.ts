import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { timmTensors, timmConfig, fileOf, SIZES } from '../../../src/lib/engine/testing/checkpoint';
import { readJson } from '../attention-file';
import { isTooWide, scan } from '../axe';
import { ComparePage } from '../compare-page';
import { expect, test } from '../fixtures';
import type { InspectPage } from '../inspect-page';
import { LessonPage } from '../lesson-page';

interface File {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

const file = (name: string, buffer: Buffer): File => ({ name, mimeType: 'application/octet-stream', buffer });

/** The files of a small checkpoint with random weights. @param problem as its config says what its outputs are */
function madeUp(problem: string, classes: number): File[] {
	const sizes = { ...SIZES, classes };
	const tensors = timmTensors(sizes).filter(({ name }) => classes > 0 || !name.startsWith('head.'));
	const config = { ...timmConfig(sizes), problem_type: problem };
	return [
		file('config.json', Buffer.from(JSON.stringify(config))),
		file('model.safetensors', Buffer.from(fileOf(tensors)))
	];
}

/** A checkpoint of the real libraries. */
const realCase = (name: string): Promise<File[]> =>
	Promise.all(
		['config.json', 'model.safetensors', 'preprocessor_config.json'].map(async (part) =>
			file(part, await readFile(`tests/fixtures/cases/${name}/${part}`))
		)
	);

/** Drops the files on the page of models and uses them; what stands on the card is checked on the way. */
async function bring(page: Page, name: string, files: File[], gives: string): Promise<void> {
	await page.goto('models/?backend=wasm');
	await page.getByLabel('Files of a model').setInputFiles(files);
	await page.getByLabel('Its name in the menu').fill(name);
	const found = page.getByRole('article').filter({ has: page.getByLabel('Its name in the menu') });
	await expect(found).toContainText(gives);
	await found.getByRole('button', { name: 'Use it' }).click();
	const own = page.getByRole('region', { name: 'Models that you brought' });
	await own.getByRole('link', { name: 'In use: look at it' }).click({ timeout: 45_000 });
}

/** Goes to a chapter as a reader does, so that the model stays. */
async function chapter(page: Page, title: RegExp, slug: string): Promise<LessonPage> {
	await page.getByRole('link', { name: 'Learn', exact: true }).click();
	await page.getByRole('link', { name: title }).first().click();
	await page.waitForURL(`**/learn/${slug}/**`);
	const lesson = new LessonPage(page);
	await lesson.isLive();
	return lesson;
}

/** The step of the tenth chapter that shows what becomes of the head's numbers. */
async function headStep(page: Page): Promise<LessonPage> {
	const lesson = await chapter(page, /The whole model/, 'whole-model');
	for (const id of ['block', 'one-head', 'one-number', 'engine', 'head']) await lesson.next(id);
	return lesson;
}

const answer = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** What the exported file says of the model's scores. */
const exported = async (inspect: InspectPage) => (await readJson(await inspect.save('Attention as JSON'))).meta;

test('a single output is a probability by itself, and never sure of everything', async ({ page, inspect }) => {
	await bring(page, 'one', await realCase('01-one-label'), 'a probability, of its only class by itself');
	const said = answer(page, 'How probable the model finds it');
	await expect(said.getByRole('listitem')).toHaveText(/^tumour\s+(4|5)\d\.\d %\s*$/);
	await expect(said).toContainText('A probability by itself, from 0 to 100 %: the model has no other output.');
	await expect(said.getByRole('status')).toHaveText(/^tumour, \d\d percent by itself\.$/);
	await inspect.settles();
	const { top, scores } = await exported(inspect);
	expect(top).toEqual([{ index: 0, label: 'tumour', score: expect.closeTo(0.5, 1) }]);
	expect(scores).toEqual({ kind: 'sigmoid', meaning: expect.stringContaining('by itself') });
	const first = await chapter(page, /What a ViT is/, 'what-a-vit-is');
	await expect(first.figure).toContainText('one gives');
	await expect(first.figure).toContainText('make a probability, of its only class by itself.');
	await expect(page.getByText(/a sigmoid in place of the softmax makes its only score a probability/)).toBeVisible();
	const head = await headStep(page);
	await expect(head.figure).toContainText('A sigmoid in place of the softmax');
	await expect(head.figure).not.toContainText('Sum over all');
});

test('several labels are scored each by itself, and cannot be laid beside shares', async ({ page, inspect }) => {
	await bring(page, 'several', await realCase('02-multi-label'), 'a probability for each of 5 classes by itself');
	const said = answer(page, 'What the model says of each class');
	await expect(said.getByRole('listitem')).toHaveCount(5);
	await expect(said).toContainText('Each class by itself: these need not add up to 100 %.');
	await expect(said).not.toContainText('All other');
	await scan(page, 'several labels');
	await inspect.settles();
	expect((await exported(inspect)).scores.kind).toBe('sigmoid');
	const first = await chapter(page, /What a ViT is/, 'what-a-vit-is');
	await expect(first.figure).toContainText('several finds most probable');
	await expect(
		page.getByText(/gives each class a probability by itself, which need not add up to 100 %/)
	).toBeVisible();
	const head = await headStep(page);
	await expect(head.figure).toContainText('of its own logit alone, so that they need not add up to 100 %');
	const compare = new ComparePage(page);
	await compare.open({ compare: 'models', model: 'local/several', 'b-model': 'patchwork-t' });
	await expect(answer(page, 'What A says of each class')).toContainText('Each class by itself');
	await expect(compare.guesses('B')).toContainText('All other 995 classes together');
	await expect(page.getByText(/They can’t be laid side by side as one\./)).toBeVisible();
	expect(await isTooWide(page)).toBe(false);
});

test('a regression gives plain numbers, on a scale of their own', async ({ page, inspect }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await bring(page, 'numbers', madeUp('regression', 3), '3 numbers, not classes');
	const said = answer(page, 'The numbers that the model gives');
	await expect(said.getByRole('listitem').first()).toHaveText(/^output 0\s+−?[\d.]+\s*$/);
	await expect(said).toContainText('Numbers, not classes, in the order of the model’s outputs.');
	await expect(said).not.toContainText('%');
	await scan(page, 'numbers');
	expect(await isTooWide(page)).toBe(false);
	await inspect.settles();
	const { top, scores } = await exported(inspect);
	expect(top.map(({ label }) => label)).toEqual(['output 0', 'output 1', 'output 2']);
	expect(scores.kind).toBe('number');
	const first = await chapter(page, /What a ViT is/, 'what-a-vit-is');
	await expect(first.figure).toContainText('make 3 numbers, not classes.');
	await expect(page.getByText(/3 plain numbers in place of classes, without a softmax/)).toBeVisible();
	const head = await headStep(page);
	await expect(head.figure).toContainText('There is no softmax: these numbers are the answer, and no classes.');
	await expect(head.figure).not.toContainText('%');
});

test('a model without a head ends in a vector, whose numbers can be read', async ({ page, inspect }) => {
	await bring(page, 'backbone', madeUp('', 0), 'no class, but a vector that stands for the picture');
	const said = answer(page, 'The samples it finds most alike');
	await expect(said).toContainText('No classifier: the model ends in 15 numbers that stand for the picture');
	const vector = said.getByRole('slider', { name: 'The vector of 15 numbers' });
	await vector.focus();
	await page.keyboard.press('End');
	await expect(vector).toHaveAttribute('aria-valuetext', /^Number 15 of 15\n−?[\d.]+$/);
	await scan(page, 'a vector');
	await inspect.settles();
	const { top, scores } = await exported(inspect);
	expect([top, scores.kind]).toEqual([[], 'vector']);
	const first = await chapter(page, /What a ViT is/, 'what-a-vit-is');
	await expect(first.figure).toContainText('make no class, but a vector that stands for the picture.');
	await expect(first.figure.getByRole('slider', { name: 'The vector of 15 numbers' })).toBeVisible();
	const head = await headStep(page);
	await expect(head.figure).toContainText('This model has no classifier, so no logits and no softmax follow');
	const compare = new ComparePage(page);
	await compare.open({ compare: 'models', model: 'local/backbone', 'b-model': 'patchwork-t' });
	await expect(answer(page, 'What A ends in')).toContainText('15 numbers');
	await expect(page.getByText(/B gives a share of the whole for each of 1,000 classes/)).toBeVisible();
});
