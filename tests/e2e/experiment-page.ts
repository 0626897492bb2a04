import { expect, type Download, type Locator, type Page } from 'playwright/test';

/** The page of experiments as a person finds it. Rows and columns of patches count from 1. */
export class ExperimentPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Opens it on a sample, and waits for the untouched run. */
	async open(sample = 'golf-ball', hash = ''): Promise<void> {
		await this.page.goto(`experiment/?backend=wasm&sample=${sample}${hash}`);
		await this.ready();
	}

	async ready(): Promise<void> {
		await expect(this.answer.getByRole('cell').first()).toHaveText(/%/, { timeout: 60_000 });
	}

	get brush(): Locator {
		return this.page.getByRole('slider', { name: /^Brush on the photo/ });
	}

	/** How much is hidden, and what the first class comes to. */
	get hidden(): Locator {
		return this.page.getByRole('region', { name: 'The brush' }).getByRole('status');
	}

	get answer(): Locator {
		return this.page.getByRole('region', { name: 'What the model says it is' });
	}

	/** The first class, and what the model gives it before and after. */
	async first(): Promise<{ label: string; before: string; after: string }> {
		const row = this.answer.getByRole('row').nth(1);
		const [before = '', after = ''] = await row.getByRole('cell').allTextContents();
		const label = (await row.getByRole('rowheader').textContent()) ?? '';
		return { label: label.trim(), before, after };
	}

	/** Waits until the run with these changes is there. */
	async settles(): Promise<void> {
		await expect(this.answer).toHaveAttribute('aria-busy', 'false', { timeout: 45_000 });
	}

	get edits(): Locator {
		return this.page.getByRole('region', { name: 'What is changed' }).getByRole('listitem');
	}

	button(name: string | RegExp): Locator {
		return this.page.getByRole('button', { name });
	}

	radio(name: string): Locator {
		return this.page.getByRole('radio', { name, exact: true });
	}

	async stroke(
		from: readonly [row: number, column: number],
		to: readonly [row: number, column: number]
	): Promise<void> {
		await this.brush.scrollIntoViewIfNeeded();
		const box = await this.brush.boundingBox();
		if (!box) throw new Error('The photo is not on the page.');
		const at = ([row, column]: readonly [number, number]) =>
			[box.x + ((column - 0.5) / 14) * box.width, box.y + ((row - 0.5) / 14) * box.height] as const;
		await this.page.mouse.move(...at(from));
		await this.page.mouse.down();
		await this.page.mouse.move(...at(to), { steps: 3 });
		await this.page.mouse.up();
	}

	/** Adds an intervention, with what its fields say. */
	async change(title: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
		await this.page.getByLabel('What to change').selectOption(title);
		const form = this.page.getByRole('region', { name: 'Change something else' });
		for (const [label, option] of Object.entries(fields))
			await form.getByLabel(label, { exact: true }).selectOption(option);
		await this.button('Change it').click();
	}

	get sweep(): Locator {
		return this.page.getByRole('region', { name: 'Try every place in turn' });
	}

	async save(kind: 'CSV' | 'JSON'): Promise<Download> {
		const [file] = await Promise.all([this.page.waitForEvent('download'), this.button(`Save as ${kind}`).click()]);
		return file;
	}
}
