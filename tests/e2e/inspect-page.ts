import { expect, type Download, type Locator, type Page } from 'playwright/test';

/** A file as a person would have it on their disk. */
export interface Upload {
	readonly name: string;
	readonly type: string;
	readonly data: Buffer;
}

export interface Guess {
	readonly label: string;
	/** In [0, 1], as precisely as the page writes it. */
	readonly probability: number;
}

const GRID = 14;

/** The token of a patch, by its place counted from 1 as on the page. */
export const tokenOf = (row: number, column: number): number => 1 + (row - 1) * GRID + (column - 1);

/** Milliseconds that a first run may take: WebGPU in software is slow on a busy machine. */
const PATIENCE = 90_000;

/** The inspector as a person finds it: what they can do there, and what they can read there. */
export class InspectPage {
	readonly page: Page;
	readonly photo: Locator;
	readonly tip: Locator;
	readonly alert: Locator;
	/** What the alert says. */
	readonly sentence: Locator;
	readonly caption: Locator;
	readonly predictions: Locator;
	readonly query: Locator;

	constructor(page: Page) {
		this.page = page;
		this.photo = page.getByRole('slider', { name: /^Query token on the photo/ });
		this.tip = page.locator('figure .figure > [aria-hidden="true"]');
		this.alert = page.getByRole('alert');
		this.sentence = this.alert.getByRole('paragraph');
		this.caption = page.locator('figcaption');
		this.predictions = page.getByRole('region', { name: 'What the model thinks it is' });
		this.query = page.getByRole('region', { name: /^Query token/ });
	}

	/** Opens the inspector and waits for the first result. */
	async open(link: Record<string, string> = {}): Promise<void> {
		// With a backend that is asked for, the measuring of all of them takes no time from the test.
		await this.page.goto(`inspect/?${new URLSearchParams({ backend: 'wasm', ...link })}`);
		await this.shows(/./);
	}

	/** Waits until the photo of that description is shown with its result. */
	async shows(alt: RegExp | string): Promise<void> {
		const wanted = typeof alt === 'string' ? alt.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : alt.source;
		const name = new RegExp(`^Query token on the photo: (?!no photo yet).*${wanted}`);
		await expect(this.photo).toHaveAccessibleName(name, { timeout: PATIENCE });
		await this.settles();
	}

	/** Waits until no work is under way. */
	async settles(): Promise<void> {
		await expect(this.page.getByRole('progressbar')).toHaveCount(0, { timeout: PATIENCE });
	}

	/** Everything that must stay when something fails: the photo, the classes, the map. */
	async result(): Promise<{ photo: string | null; guesses: string; map: string | null; picture: string }> {
		return {
			photo: await this.photo.getAttribute('aria-label'),
			guesses: await this.predictions.innerText(),
			map: await this.photo.getAttribute('aria-valuetext'),
			picture: await this.photo
				.locator('canvas')
				.first()
				.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
		};
	}

	async guesses(): Promise<Guess[]> {
		const lines = await this.predictions.getByRole('listitem').allInnerTexts();
		return lines.map((line) => {
			const [, label = '', percent = ''] = /^(.+?)\s+([<\d. ]+) %\s*$/s.exec(line) ?? [];
			return { label: label.trim(), probability: Number(percent.replace('<', '')) / 100 };
		});
	}

	/** Lets go of files over the page, as a drag from the desktop does. */
	async drop(...files: Upload[]): Promise<void> {
		await this.dropTransfer(await this.transferOf(files));
	}

	/** A link or a picture dragged over from another page. */
	async dropData(data: Record<string, string>): Promise<void> {
		const transfer = await this.page.evaluateHandle((entries) => {
			const made = new DataTransfer();
			for (const [type, text] of entries) made.setData(type, text);
			return made;
		}, Object.entries(data));
		await this.dropTransfer(transfer);
	}

	async dropTransfer(dataTransfer: Awaited<ReturnType<InspectPage['transferOf']>>): Promise<void> {
		const target = this.page.locator('main');
		for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer });
	}

	transferOf(files: readonly Upload[]) {
		const encoded = files.map(({ name, type, data }) => ({ name, type, base64: data.toString('base64') }));
		return this.page.evaluateHandle((list) => {
			const transfer = new DataTransfer();
			for (const { name, type, base64 } of list) {
				const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
				transfer.items.add(new File([bytes], name, { type }));
			}
			return transfer;
		}, encoded);
	}

	/** The middle of a patch, in pixels of the window. Row and column count from 1. */
	async placeOf(row: number, column: number): Promise<{ x: number; y: number }> {
		await this.photo.scrollIntoViewIfNeeded();
		const box = await this.photo.boundingBox();
		if (!box) throw new Error('The photo is not on the page.');
		return { x: box.x + ((column - 0.5) / GRID) * box.width, y: box.y + ((row - 0.5) / GRID) * box.height };
	}

	async hover(row: number, column: number): Promise<void> {
		const { x, y } = await this.placeOf(row, column);
		await this.page.mouse.move(x, y);
	}

	async click(row: number, column: number): Promise<void> {
		const { x, y } = await this.placeOf(row, column);
		await this.page.mouse.click(x, y);
	}

	chooseBlock(block: number): Promise<string[]> {
		return this.page.getByLabel('Block', { exact: true }).selectOption(`Block ${block}`);
	}

	radio(group: string, name: string): Locator {
		return this.page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name, exact: true });
	}

	toggle(name: string): Locator {
		return this.page.getByRole('switch', { name, exact: true });
	}

	button(name: string | RegExp): Locator {
		return this.page.getByRole('button', { name, exact: typeof name === 'string' });
	}

	sample(title: string): Locator {
		return this.page.getByRole('list', { name: 'Sample images' }).getByRole('button', { name: title });
	}

	/** The RGB of what is drawn as the photo, at shares of its width and height. */
	colourAt(x: number, y: number): Promise<number[]> {
		return this.photo
			.locator('canvas')
			.first()
			.evaluate(
				(canvas: HTMLCanvasElement, [u, v]) => {
					const at = [Math.floor(u * canvas.width), Math.floor(v * canvas.height)] as const;
					return Array.from(
						canvas
							.getContext('2d')
							?.getImageData(...at, 1, 1)
							.data.slice(0, 3) ?? []
					);
				},
				[x, y] as const
			);
	}

	/** Presses an export's button and takes what the browser saves. */
	async save(name: string): Promise<Download> {
		const saved = this.page.waitForEvent('download');
		await this.button(name).click();
		return saved;
	}
}
