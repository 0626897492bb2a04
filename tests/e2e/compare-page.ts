import { expect, type Locator, type Page } from 'playwright/test';

/** The page of comparisons as a person finds it. */
export class ComparePage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Opens it, and waits until both panels show what is to be compared. */
	async open(link: Record<string, string> = {}): Promise<void> {
		await this.page.goto(`compare/?${new URLSearchParams({ backend: 'wasm', ...link })}`);
		await this.ready();
	}

	async ready(): Promise<void> {
		await expect(this.elsewhere).toHaveText(/\d/, { timeout: 60_000 });
		await expect(this.page.getByRole('progressbar')).toHaveCount(0, { timeout: 45_000 });
	}

	panel(name: 'A' | 'B'): Locator {
		return this.page.getByRole('region', { name: new RegExp(`^${name}: `) });
	}

	photo(name: 'A' | 'B'): Locator {
		return this.page.getByRole('slider', { name: new RegExp(`^${name}: query token on the photo`) });
	}

	/** The share of the attention that lies elsewhere. */
	get elsewhere(): Locator {
		return this.page.getByRole('region', { name: 'How they differ' }).getByText('lies elsewhere').locator('span');
	}

	guesses(name: 'A' | 'B'): Locator {
		return this.page.getByRole('region', { name: `What ${name} says it is` });
	}

	kind(name: 'Models' | 'Photos' | 'Heads'): Locator {
		return this.page.getByRole('radiogroup', { name: 'What to compare' }).getByRole('radio', { name });
	}

	choose(name: 'A' | 'B', what: 'Block' | 'Head', label: string): Promise<string[]> {
		return this.panel(name).getByLabel(what, { exact: true }).selectOption(label);
	}

	/** Both panels look from this token. */
	async looksFrom(token: number): Promise<void> {
		for (const name of ['A', 'B'] as const)
			await expect(this.photo(name)).toHaveAttribute('aria-valuenow', String(token));
	}

	async point(name: 'A' | 'B', row: number, column: number, act: 'move' | 'click'): Promise<void> {
		await this.photo(name).scrollIntoViewIfNeeded();
		const box = await this.photo(name).boundingBox();
		if (!box) throw new Error('The photo is not on the page.');
		const at = [box.x + ((column - 0.5) / 14) * box.width, box.y + ((row - 0.5) / 14) * box.height] as const;
		await this.page.mouse[act](...at);
	}

	/** How little the map lets through of each patch, in [0, 1]: 0.35 at no weight, 1 at the scale's end. */
	opacities(name: 'A' | 'B'): Promise<number[]> {
		const canvas = this.photo(name).locator('.layer canvas');
		return canvas.evaluate((node: HTMLCanvasElement) => {
			const { data } = node.getContext('2d')?.getImageData(0, 0, node.width, node.height) ?? { data: [] };
			return Array.from({ length: data.length / 4 }, (_, i) => (data[4 * i + 3] ?? NaN) / 255);
		});
	}
}
