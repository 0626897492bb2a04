import { existsSync, readdirSync } from 'node:fs';
import { expect, type Locator, type Page } from 'playwright/test';

/** How the gallery is looked at. */
export interface Look {
	readonly name: string;
	readonly colorScheme: 'light' | 'dark';
	/** Of the window, in pixels. */
	readonly width: number;
}

export const LOOKS: readonly Look[] = [360, 1280].flatMap((width) =>
	(['light', 'dark'] as const).map((colorScheme) => ({ name: `${colorScheme}-${width}`, colorScheme, width }))
);

const marks = readdirSync('src/lib/marks')
	.filter((name) => name.endsWith('.specimen.ts'))
	.map((name) => name.replace('.specimen.ts', ''));
const figures = readdirSync('src/lib/figures').filter((name) => existsSync(`src/lib/figures/${name}/specimens.ts`));

/** What the gallery shows alone when it is asked to, in an order that is the same everywhere. */
export const PARTS: Readonly<Record<'marks' | 'figures', readonly string[]>> = {
	marks: [...marks.sort(), 'Controls', 'Tokens'],
	figures: figures.sort()
};

/** The parts that are taken in a look: all of them when that is asked for, or those whose turn it is. */
export function partsIn(room: 'marks' | 'figures', look: Look): readonly string[] {
	const all = process.env['LOOKS'] === 'all';
	return PARTS[room].filter((_, place) => all || LOOKS[place % LOOKS.length] === look);
}

/** The gallery, one part of it after another. */
export class GalleryPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Sets how everything looks from now on. */
	async as({ colorScheme, width }: Look): Promise<void> {
		await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await this.page.setViewportSize({ width, height: 1000 });
	}

	/** Shows a part alone, and waits until all of it is drawn; the page is loaded for the first part only. */
	async show(part: string): Promise<void> {
		await this.page.goto(`gallery/#of=${part}`);
		await expect(this.page.locator(`[data-of="${part}"]`)).toBeVisible();
	}

	/** The names of the specimens that are shown. */
	names(): Promise<string[]> {
		return this.page
			.locator('[data-specimen]')
			.evaluateAll((all) => all.map((one) => one.getAttribute('data-specimen') ?? ''));
	}

	/** A specimen, when all of it is drawn; a figure is, as soon as it comes near. */
	async specimen(name: string): Promise<Locator> {
		const specimen = this.page.locator(`[data-specimen="${name}"]`);
		await specimen.scrollIntoViewIfNeeded();
		await expect(specimen.locator('> *')).not.toHaveCount(0);
		await expect(specimen.locator('[aria-busy=true]')).toHaveCount(0);
		return specimen;
	}
}
