import { readdirSync, readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from 'playwright/test';
import type { Upload } from './inspect-page';

/** The chapters' addresses, in their order. */
export const CHAPTERS = readdirSync('content')
	.filter((name) => /^\d\d-/.test(name))
	.sort()
	.map((name) => name.slice(3));

/** Whether the prose says of a step that its figure is of no tensor of a run. */
export function isOfNoTap(slug: string, step: string): boolean {
	const folder = readdirSync('content').find((name) => name.slice(3) === slug) ?? '';
	const head = new RegExp(`:::\\w+\\{#${step} .*`).exec(readFileSync(`content/${folder}/index.md`, 'utf8'))?.[0];
	return / tap=none\b/.test(head ?? '');
}

/** The tutorial as a reader finds it. */
export class LessonPage {
	readonly page: Page;
	readonly figure: Locator;
	readonly ledger: Locator;

	constructor(page: Page) {
		this.page = page;
		this.figure = page.locator('aside .figure > figure');
		this.ledger = page.locator('dl[aria-label="Where am I"]');
	}

	async open(slug: string, step = ''): Promise<void> {
		// With a backend that is asked for, no other is measured meanwhile.
		await this.page.goto(`learn/${slug}/?backend=wasm${step && `#${step}`}`);
		await this.isLive();
	}

	/** Waits until the figure shows a run of this very page, and not the recorded one. */
	async isLive(): Promise<void> {
		await expect(this.figure).toHaveAttribute('aria-busy', 'false', { timeout: 45_000 });
		await expect(this.figure.locator('.recorded')).toHaveCount(0, { timeout: 45_000 });
	}

	/** Gives a photo as a reader does, and waits until the model has seen it. */
	async give({ name, type: mimeType, data: buffer }: Upload): Promise<void> {
		await this.page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
		await expect(this.figure).toHaveAttribute('data-photo', `Your photo, ${name}`, { timeout: 45_000 });
	}

	/** The part of the chapter that is read, as the address has it; the first has no mark there. */
	part(): string {
		return new URL(this.page.url()).hash.slice(1);
	}

	/** The ids of the chapter's parts, in reading order. */
	parts(): Promise<string[]> {
		return this.page.locator('[data-part]').evaluateAll((parts) => parts.map(({ id }) => id));
	}

	/** Turns to the next part with the keyboard, and waits until it is reached. */
	async next(id: string): Promise<void> {
		await this.page.keyboard.press('ArrowRight');
		// Waits for the very moment, where asking again and again takes a tenth of a second longer each time.
		await this.page.waitForURL(({ hash }) => hash === `#${id}`, { timeout: 15_000 });
	}
}
