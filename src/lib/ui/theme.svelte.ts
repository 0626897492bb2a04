import { whenWrittenElsewhere } from '../base/other-tabs';

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** Also read by the script in app.html, which sets the theme before the first paint. */
const STORAGE_KEY = 'patchwork.theme';

/** The reader's choice between light and dark, remembered on this device where storage is allowed. */
class Theme {
	#choice = $state<ThemeChoice>('system');
	#follows = false;

	get choice(): ThemeChoice {
		return this.#choice;
	}

	set choice(choice: ThemeChoice) {
		this.#show(choice);
		remember(choice);
	}

	#show(choice: ThemeChoice): void {
		this.#choice = choice;
		if (choice === 'system') delete document.documentElement.dataset.theme;
		else document.documentElement.dataset.theme = choice;
	}

	/** Takes up the remembered choice, and from then on what another tab chooses. Called once the page runs: the built page knows nothing of its reader. */
	restore(): void {
		if (!this.#follows) whenWrittenElsewhere(STORAGE_KEY, () => this.#show(remembered()));
		this.#follows = true;
		const shown = document.documentElement.dataset.theme;
		if (shown === 'light' || shown === 'dark') this.#choice = shown;
	}
}

function remember(choice: ThemeChoice): void {
	try {
		if (choice === 'system') localStorage.removeItem(STORAGE_KEY);
		else localStorage.setItem(STORAGE_KEY, choice);
	} catch {
		// Storage is forbidden or full: the choice then lasts as long as the page.
	}
}

function remembered(): ThemeChoice {
	try {
		return THEMES.find((choice) => choice === localStorage.getItem(STORAGE_KEY)) ?? 'system';
	} catch {
		return 'system';
	}
}

export const theme = new Theme();
