import type { Progress } from '../../src/lib/base/progress';

/** Progress of a download in the terminal: one line that changes, or a line for each tenth where lines can't change. */
export function progressLine(title: string): { show: (progress: Progress) => void; end: () => void } {
	const { stdout } = process;
	let shown = '';
	const write = (text: string) => {
		if (text === shown) return;
		stdout.write(stdout.isTTY ? `\r${text}` : `${text}\n`);
		shown = text;
	};
	return {
		show({ loaded, total }) {
			// The small files are over before they can be read about.
			if (total === null || total < 1e6) return;
			const share = Math.floor((100 * loaded) / total);
			const step = stdout.isTTY ? share : share - (share % 10);
			const sizes = stdout.isTTY ? ` (${megabytes(loaded)} of ${megabytes(total)})` : ` of ${megabytes(total)}`;
			write(`${title}: ${String(step).padStart(3)} %${sizes}`);
		},
		end() {
			if (shown !== '' && stdout.isTTY) stdout.write('\n');
			shown = '';
		}
	};
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}
