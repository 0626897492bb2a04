import { isRecord } from '../base/json';
import { whenWrittenElsewhere } from '../base/other-tabs';
import { CUTS } from '../content/cut';

const KEY = 'patchwork.progress';

/** What the reader has done in one chapter. */
interface ChapterProgress {
	readonly read: boolean;
	/** By the id of the prediction or question: the choice that was made, counted from 0. */
	readonly answers: Readonly<Record<string, number>>;
}

const NOTHING: ChapterProgress = { read: false, answers: {} };

/** How far the reader has come, kept on this device where storage is allowed. */
export class Progress {
	#chapters = $state.raw<Readonly<Record<string, ChapterProgress>>>({});
	#restored = false;

	/** Takes up what was kept. Called once the page runs: the built page knows nothing of its reader. */
	restore(): void {
		this.#chapters = stored();
		this.#restored = true;
	}

	/** Whether the end of the chapter was reached. */
	isRead(slug: string): boolean {
		return this.#of(slug).read;
	}

	/** How many predictions and questions of the chapter were answered. */
	answered(slug: string): number {
		return Object.keys(this.#of(slug).answers).length;
	}

	/** The choice made, or null. */
	answer(slug: string, id: string): number | null {
		return this.#of(slug).answers[id] ?? null;
	}

	finish(slug: string): void {
		this.#recall();
		if (!this.isRead(slug)) this.#change(slug, { ...this.#of(slug), read: true });
	}

	choose(slug: string, id: string, choice: number): void {
		this.#recall();
		const chapter = this.#of(slug);
		this.#change(slug, { ...chapter, answers: { ...chapter.answers, [id]: choice } });
	}

	/** Forgets everything. */
	reset(): void {
		this.#keep({});
	}

	get empty(): boolean {
		return Object.keys(this.#chapters).length === 0;
	}

	/** A chapter that is opened at its end is read before its page is whole: nothing that was kept may be lost by that. */
	#recall(): void {
		if (!this.#restored) this.restore();
	}

	#of(slug: string): ChapterProgress {
		return this.#chapters[slug] ?? NOTHING;
	}

	#change(slug: string, chapter: ChapterProgress): void {
		this.#keep({ ...this.#chapters, [slug]: chapter });
	}

	#keep(chapters: Readonly<Record<string, ChapterProgress>>): void {
		this.#chapters = chapters;
		try {
			localStorage.setItem(KEY, JSON.stringify(chapters));
		} catch {
			// A browser that keeps nothing forgets the progress with the page, and the lesson reads all the same.
		}
	}
}

/** What is kept, without whatever is not as we write it. */
function stored(): Record<string, ChapterProgress> {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
		if (!isRecord(kept)) return {};
		return Object.fromEntries(Object.entries(kept).flatMap(([slug, value]) => asToday(slug, clean(value))));
	} catch {
		return {};
	}
}

function clean(value: unknown): ChapterProgress {
	if (!isRecord(value)) return NOTHING;
	const answers = isRecord(value['answers']) ? Object.entries(value['answers']) : [];
	const choices = answers.filter((entry): entry is [string, number] => Number.isInteger(entry[1]));
	return { read: value['read'] === true, answers: Object.fromEntries(choices) };
}

export const progress = new Progress();
whenWrittenElsewhere(KEY, () => progress.restore());

/** What was kept of a chapter, by the chapters that it has become if it was cut since. */
function asToday(slug: string, kept: ChapterProgress): [slug: string, ChapterProgress][] {
	const cut = Object.hasOwn(CUTS, slug) ? CUTS[slug] : undefined;
	if (!cut) return [[slug, kept]];
	const chapterOf = (id: string) => cut.moved[id] ?? cut.into[0];
	const answersIn = (chapter: string) =>
		Object.fromEntries(Object.entries(kept.answers).filter(([id]) => chapterOf(id) === chapter));
	return cut.into.map((chapter) => [chapter, { read: kept.read, answers: answersIn(chapter) }]);
}
