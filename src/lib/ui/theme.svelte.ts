export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** Also read by the script in app.html, which sets the theme before the first paint. */
const STORAGE_KEY = 'patchwork.theme';

/** The reader's choice between light and dark, remembered on this device where storage is allowed. */
class Theme {
	#choice = $state<ThemeChoice>('system');

	get choice(): ThemeChoice {
		return this.#choice;
	}

	set choice(choice: ThemeChoice) {
		this.#choice = choice;
		if (choice === 'system') delete document.documentElement.dataset.theme;
		else document.documentElement.dataset.theme = choice;
		remember(choice);
	}

	/** Takes up the remembered choice. Called once the page runs: the built page knows nothing of its reader. */
	restore(): void {
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

export const theme = new Theme();
