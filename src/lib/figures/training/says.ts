import { weightPercent } from '../../marks/numbers';
import type { Making, Stretch } from './recorded';

/** What an error of the recorded curves is of, as readers call it; others are not shown. */
export const NAMES: Readonly<Record<string, string>> = {
	embedding: 'embedding',
	attention: 'attention parts, mean',
	mlp: 'feed-forward parts, mean',
	entrance: 'entrance',
	blocks: 'blocks, mean',
	worst: 'worst block',
	stream: 'stream after each block',
	last: 'what the classifier reads'
};

/** When the parts learned by themselves and when the whole ran, which the line in the plot parts: in the order of the views. */
export function turnsWords({ stretches }: Pick<Making, 'stretches'>): string {
	const whole = stretches.findIndex(({ phase }) => phase === 'whole');
	const alone = 'every part learns by itself from its teacher’s own input';
	if (whole < 0) return `Here ${alone}.`;
	const again = stretches.slice(whole).filter(({ phase }) => phase === 'parts');
	const thousands = (stretch: Stretch | undefined) => `${Math.round((stretch?.seen ?? 0) / 1000)}k`;
	const turn = again[0] ? `, except from ${thousands(again[0])} to ${thousands(again.at(-1))} views, where the parts once more learned one by one` : '';
	return `Left of the line ${alone}; right of it the whole runs on its own${turn}.`;
}

/** Which part was the hardest to learn by itself and which the easiest, and what became of the errors in the whole. */
export function hardestWords({ stretches }: Making): string {
	const end = (phase: 'parts' | 'whole') => stretches.findLast((stretch) => stretch.phase === phase)?.errors;
	const parts = Object.entries(end('parts') ?? {})
		.filter(([name]) => name in NAMES && name !== 'last')
		.sort(([, a], [, b]) => b - a);
	const [[hardest, most] = [], [easiest, least] = []] = [parts[0], parts.at(-1)];
	if (hardest === undefined || easiest === undefined || parts.length < 2) return '';
	const say = (name: string, error = NaN) => `“${NAMES[name] ?? name}” (${weightPercent(error)})`;
	const last = end('whole')?.['last'];
	const whole =
		last === undefined ? '' : ` Run as a whole, the errors add up: in the end what the classifier reads is off by ${weightPercent(last)}.`;
	return `Here: learned part by part, the largest error stayed with ${say(hardest, most)} and the smallest with ${say(easiest, least)}.${whole}`;
}
