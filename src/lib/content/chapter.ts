import type { Language } from '../base/language';
import type { Attributes } from '../figures/figure';

/** One chapter of the tutorial, as the page gets it: checked, and rendered at build. */
export interface Chapter {
	/** Counted from 1, as in the folder's name. */
	readonly number: number;
	/** The language of its prose, which may not be that of the page around it. */
	readonly language: Language;
	/** The folder's name without its number: the chapter's address. */
	readonly slug: string;
	readonly title: string;
	/** One sentence. */
	readonly summary: string;
	/** About how long its steps and predictions take to read, in whole minutes, at least 1; counted from their words and formulas. */
	readonly minutes: number;
	/** At least one; the first has the id `start`. */
	readonly steps: readonly Step[];
	readonly predictions: readonly PredictionText[];
	readonly questions: readonly Question[];
	/** Papers that the chapter cites, in the order of their first mention. */
	readonly references: readonly Reference[];
}

/** A stretch of prose during which the figure keeps one state. */
export interface Step {
	/** Unique within the chapter: the step's address is `/learn/<slug>/#<id>`. */
	readonly id: string;
	readonly title: string;
	readonly html: string;
	/** Name of the figure whose figure is shown. */
	readonly figure: string;
	/** What the figure's `parse` gets. */
	readonly attributes: Attributes;
	/**
	 * The tap or parameter in focus, for the shape ledger; `*` stands for the block that the figure shows. Null where the
	 * figure is of no tensor of a run, as one of recorded training is not.
	 */
	readonly tap: string | null;
}

/** A prediction that the reader makes before the live model answers it. */
export interface PredictionText {
	readonly id: string;
	readonly html: string;
	/** The figure that answers, its state for that, and which of its `reveals`. */
	readonly figure: string;
	readonly attributes: Attributes;
	/** The tap or parameter in focus meanwhile, as a step's. */
	readonly tap: string | null;
	readonly reveal: string;
	/** Whether the figure would give the answer away, so that it is covered until the model has answered. */
	readonly covered: boolean;
	readonly choices: readonly string[];
}

export interface Question {
	readonly id: string;
	readonly html: string;
	readonly choices: readonly Choice[];
}

export interface Choice {
	readonly html: string;
	readonly right: boolean;
	/** Why it is right or wrong. */
	readonly explanation: string;
}

/** A paper or page that the prose leans on. */
export interface Reference {
	readonly id: string;
	/** `Dosovitskiy et al. 2020` */
	readonly short: string;
	readonly title: string;
	readonly url: string;
}

/** What the table of contents and the links to the next chapter need. */
export type ChapterLink = Pick<Chapter, 'number' | 'language' | 'slug' | 'title' | 'summary' | 'minutes'> & {
	readonly steps: readonly Pick<Step, 'id' | 'title'>[];
};

/** A term of the glossary. */
export interface Term {
	readonly id: string;
	readonly term: string;
	readonly html: string;
}
