import { expect, type Page } from 'playwright/test';
import type { SoakLeg, SoakStep } from '../../../scripts/lib/soak-walk';
import { EngineWire, type Held } from '../engine';
import { ExperimentPage } from '../experiment-page';
import { InspectPage, type Upload } from '../inspect-page';
import { badFile, photoFile } from './photos';

const TITLES = { 'patchwork-t': 'Patchwork-T', 'patchwork-c': 'Patchwork-C' } as const;
type ModelId = keyof typeof TITLES;

/** What a busy machine may take for a model, or for a run on plain JavaScript. */
const PATIENCE = { timeout: 90_000 };

/** A reader's visit to the inspector: it ends each step on that page, at rest. */
export class Visit {
	readonly page: Page;
	readonly inspect: InspectPage;
	readonly engine: EngineWire;
	model: ModelId = 'patchwork-t';
	#photos = 0;

	private constructor(page: Page, engine: EngineWire) {
		this.page = page;
		this.engine = engine;
		this.inspect = new InspectPage(page);
	}

	/** @param page that was not opened yet */
	static async of(page: Page): Promise<Visit> {
		return new Visit(page, await EngineWire.tap(page));
	}

	/** Loads the page anew. */
	async open(backend: SoakLeg['backend']): Promise<void> {
		this.model = 'patchwork-t';
		await this.page.goto(`inspect/?backend=${backend}&model=${this.model}`);
		// What is clicked before the page listens goes unheard.
		await this.page.locator('#svelte-announcer').waitFor({ state: 'attached' });
		await this.inspect.shows(/./);
	}

	/** @throws where the page does not do what it should */
	async take(step: SoakStep): Promise<void> {
		if (step.do === 'photo') await this.bring(await photoFile(`photo-${++this.#photos}`, step.picture));
		else if (step.do === 'bad') await this.#refuse(await badFile(step.kind));
		else if (step.do === 'model') await this.use(step.id);
		else if (step.do === 'page') await this.#thereAndBack(step.name);
		else if (step.do === 'edit') await this.#change(step.changes);
		else await this.#lose();
		await expect(this.inspect.alert).toHaveCount(0);
	}

	async bring(file: Upload): Promise<void> {
		await this.inspect.drop(file);
		await this.inspect.shows(`Your photo, ${file.name}`);
	}

	async use(id: ModelId): Promise<void> {
		// A reader's choice of what is chosen is no change; this one's would be, and would have all run once more.
		if (id === this.model) return;
		await this.page.getByLabel('Model', { exact: true }).selectOption(id);
		await expect(this.inspect.predictions).toContainText(TITLES[id], PATIENCE);
		await this.inspect.settles();
		this.model = id;
	}

	/** The line that says what the model runs on. */
	async backend(): Promise<string> {
		return this.page.locator('summary').filter({ hasText: 'Runs on' }).innerText();
	}

	/** What is held, once all that was given up has been given back. @param wanted what it should come to, if that is known */
	async held(wanted: Held | undefined): Promise<Held> {
		if (wanted) await expect.poll(() => this.engine.held()).toEqual(wanted);
		return this.engine.held();
	}

	/** A bad file: one sentence, and all stays as it was. */
	async #refuse(file: Upload): Promise<void> {
		const { inspect } = this;
		const before = await inspect.result();
		await inspect.drop(file);
		await expect(inspect.sentence).toHaveText(/\.$/);
		await inspect.settles();
		expect(await inspect.result()).toEqual(before);
		await inspect.alert.getByRole('button', { name: 'Dismiss' }).click();
	}

	async #thereAndBack(name: string): Promise<void> {
		const before = await this.inspect.result();
		await this.#follow(name);
		await this.page.getByRole('heading', { level: 1 }).waitFor();
		await this.#comeBack(before);
	}

	async #change(changes: readonly string[]): Promise<void> {
		const before = await this.inspect.result();
		const experiment = new ExperimentPage(this.page);
		await this.#follow('Experiment');
		await experiment.ready();
		if (await this.#isOffered(changes)) {
			await experiment.button('Change it').click();
			await expect(experiment.edits).toHaveCount(1);
			await experiment.settles();
			await experiment.button(/^Take back/).click();
			await expect(experiment.edits).toHaveCount(0);
		}
		await this.#comeBack(before);
	}

	/** Chooses the first of these changes that the model can be given; of the others the page says why it cannot. */
	async #isOffered(changes: readonly string[]): Promise<boolean> {
		for (const title of changes) {
			await this.page.getByLabel('What to change').selectOption(title);
			if (await this.page.getByRole('button', { name: 'Change it' }).isVisible()) return true;
		}
		return false;
	}

	async #comeBack(before: Awaited<ReturnType<InspectPage['result']>>): Promise<void> {
		await this.#follow('Inspect');
		await this.inspect.shows(/./);
		await expect.poll(() => this.inspect.result(), PATIENCE).toEqual(before);
	}

	async #follow(name: string): Promise<void> {
		await this.page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
	}

	async #lose(): Promise<void> {
		const [before, backend] = [await this.inspect.guesses(), await this.backend()];
		await this.engine.loseGpu();
		await expect(this.page.locator('summary').filter({ hasText: 'Runs on' })).not.toHaveText(backend, PATIENCE);
		await this.inspect.settles();
		expect((await this.inspect.guesses())[0]?.label).toBe(before[0]?.label);
	}
}
