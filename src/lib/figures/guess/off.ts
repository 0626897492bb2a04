import { NEAR } from './measured';

/** How far off a guess is, in a sentence. @param off points above what was measured @param guess in percent */
export function distance(off: number, guess: number): string {
	const points = Math.abs(off);
	const said = `You said ${guess} %`;
	if (points < 0.5) return `${said}: spot on.`;
	const near = points <= NEAR ? 'near enough, ' : '';
	return `${said}: ${near}${points.toFixed(1)} points ${off > 0 ? 'too high' : 'too low'}.`;
}
