import { expect, type BrowserContext, type Page } from 'playwright/test';
import { EVERYTHING, type SoakLeg, type SoakStep } from '../../../scripts/lib/soak-walk';
import type { Held } from '../engine';
import { photoFile } from './photos';
import { Visit } from './visit';

/** Of a logit, beside its size where that is above 1. Backends add in another order. */
const TOLERANCE = 1e-3;
/** Of the heap at the beginning of a leg. */
const GROWTH = 1.1;
const AT_REST = { width: 400, height: 300, format: 'png', hue: 0 } as const;

export interface SoakOptions {
	readonly seed: number;
	/** Whether the browser can count the heap: the light one cannot. */
	readonly heap: boolean;
	readonly say?: (line: string) => void;
}

export interface SoakReport {
	readonly steps: number;
	/** Answers that were compared with those of the cpu backend, and the largest difference of a logit. */
	readonly checked: number;
	readonly difference: number;
	/** Of each leg: bytes at its beginning and its end. */
	readonly heaps: readonly (readonly [before: number, after: number])[];
	/** Tensors in rest, by model and backend. */
	readonly tensors: Readonly<Record<string, number>>;
}

/** A step that went wrong, with what is needed to do it again. */
export class SoakFailed extends Error {
	constructor(seed: number, leg: number, step: number, what: unknown, cause: unknown) {
		const why = cause instanceof Error ? cause.message : String(cause);
		super(`seed ${seed}, leg ${leg + 1}, step ${step + 1}, ${JSON.stringify(what)}: ${why}`, { cause });
	}
}

/** Walks through the site as a restless reader would. @throws SoakFailed at the first step that goes wrong */
export async function soak(
	context: BrowserContext,
	legs: readonly SoakLeg[],
	options: SoakOptions
): Promise<SoakReport> {
	const walk = await Soak.begin(context, options);
	for (const [i, leg] of legs.entries()) await walk.leg(i, leg);
	return walk.report();
}

class Soak {
	readonly #options: SoakOptions;
	readonly #visit: Visit;
	/** Where the same is asked of plain JavaScript, once that is needed. */
	#judge: Visit | null = null;
	readonly #problems: string[];
	readonly #held = new Map<string, Held>();
	readonly #heaps: [number, number][] = [];
	readonly #differences: number[] = [];
	#steps = 0;

	private constructor(visit: Visit, problems: string[], options: SoakOptions) {
		this.#visit = visit;
		this.#problems = problems;
		this.#options = options;
	}

	static async begin(context: BrowserContext, options: SoakOptions): Promise<Soak> {
		const page = await context.newPage();
		return new Soak(await Visit.of(page), problemsOf(page), options);
	}

	report(): SoakReport {
		return {
			steps: this.#steps,
			checked: this.#differences.length,
			difference: Math.max(0, ...this.#differences),
			heaps: this.#heaps,
			tensors: Object.fromEntries([...this.#held].map(([key, { tensors }]) => [key, tensors]))
		};
	}

	async leg(index: number, { backend, steps }: SoakLeg): Promise<void> {
		const say = (text: string) => this.#options.say?.(`leg ${index + 1}, ${backend}: ${text}`);
		const all = [...EVERYTHING, ...steps];
		await this.#visit.open(backend);
		let before: number | null = null;
		for (const [i, step] of all.entries()) {
			if (i === EVERYTHING.length) before = await this.#heap();
			try {
				await this.#step(step);
			} catch (error) {
				throw new SoakFailed(this.#options.seed, index, i, step, error);
			}
		}
		// Another backend has another heap.
		if (before !== null && !steps.some((step) => step.do === 'lose')) await this.#compareHeap(index, before);
		say(`${all.length} steps`);
	}

	async #step(step: SoakStep): Promise<void> {
		await this.#visit.take(step);
		this.#steps++;
		if (step.do === 'photo') await this.#count();
		if (step.do === 'photo' && step.check) await this.#check(step);
		expect(this.#problems, 'errors on the console, and exceptions that nobody caught').toEqual([]);
	}

	/** With a new photo the engine holds what it held the first time: other pages keep what they ran on the one before. */
	async #count(): Promise<void> {
		const key = `${this.#visit.model}, ${await this.#visit.backend()}`;
		this.#held.set(key, await this.#visit.held(this.#held.get(key)));
	}

	async #check({ picture }: SoakStep & { readonly do: 'photo' }): Promise<void> {
		const [ours] = await this.#visit.engine.read(['logits']);
		const judge = (this.#judge ??= await Visit.of(await this.#visit.page.context().newPage()));
		if (this.#differences.length === 0) await judge.open('cpu');
		if (judge.model !== this.#visit.model) await judge.use(this.#visit.model);
		await judge.bring(await photoFile(`judged-${this.#differences.length}`, picture));
		const [theirs] = await judge.engine.read(['logits']);
		const differences = (theirs ?? []).map(
			(logit, i) => Math.abs(logit - (ours?.[i] ?? NaN)) / Math.max(1, Math.abs(logit))
		);
		const worst = Math.max(...differences);
		this.#differences.push(worst);
		expect(worst, 'the largest difference of a logit from that of plain JavaScript').toBeLessThan(TOLERANCE);
	}

	/** Bytes of page and workers, with the same model and photo each time; null where they are not counted. */
	async #heap(): Promise<number | null> {
		if (!this.#options.heap) return null;
		await this.#visit.use('patchwork-t');
		await this.#visit.bring(await photoFile('at rest', AT_REST));
		return bytesOf(this.#visit.page);
	}

	async #compareHeap(index: number, before: number): Promise<void> {
		const after = (await this.#heap()) ?? before;
		this.#heaps.push([before, after]);
		if (after <= GROWTH * before) return;
		throw new SoakFailed(this.#options.seed, index, this.#steps, 'heap', `it grew from ${before} to ${after} bytes`);
	}
}

/** What the page and its workers complain about. */
function problemsOf(page: Page): string[] {
	const problems: string[] = [];
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
	page.on('pageerror', (error) => problems.push(String(error)));
	page.on('crash', () => problems.push('The page crashed.'));
	return problems;
}

/** As the browser counts them when it has collected garbage. */
function bytesOf(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const measured = performance as Performance & {
			measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
		};
		return (await measured.measureUserAgentSpecificMemory()).bytes;
	});
}
