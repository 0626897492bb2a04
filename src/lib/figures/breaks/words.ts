import { percent } from '../../marks/numbers';
import { RECORD, rowOf } from './measured';
import { CHANGE_NAMES, LABELS } from './names';
import { betterAt, kept, type Side } from './sides';

/** The choices, as a reader reads them. */
export const SIDE_NAMES: Readonly<Record<Side, string>> = {
	cnn: 'The CNN',
	alike: 'Both alike',
	vit: 'The ViT'
};

/** The same in the middle of a sentence. */
export const SAID: Readonly<Record<Side, string>> = { cnn: 'the CNN', alike: 'both alike', vit: 'the ViT' };

/** What the whole table comes to: how many changes each network bears better, and where they are furthest apart. */
export function tableSentence(): string {
	const gaps = CHANGE_NAMES.map((name) => ({ name, gap: kept(rowOf(name).vit) - kept(rowOf(name).cnn) }));
	const count = (side: Side) => CHANGE_NAMES.filter((name) => betterAt(name) === side).length;
	const widest = (sign: 1 | -1) => gaps.reduce((most, one) => (sign * one.gap > sign * most.gap ? one : most));
	const said = ({ name }: { name: string }) =>
		`“${LABELS[name]}” (${percent(kept(rowOf(name).vit))} against ${percent(kept(rowOf(name).cnn))})`;
	return (
		`Here: of ${CHANGE_NAMES.length} changes, the ViT bears ${count('vit')} better and the CNN ${count('cnn')}; at ` +
		`${count('alike')} they are alike. ${RECORD.names.vit} is furthest ahead at ${said(widest(1))}, and ` +
		`${gaps.some(({ gap }) => gap < 0) ? 'furthest behind' : 'least ahead'} at ${said(widest(-1))}.`
	);
}

/** What was measured of a change, in two sentences. */
export function measuredSentence(change: string): string {
	const { cnn, vit } = rowOf(change);
	const answers = `${RECORD.names.cnn} stays with its own first class on ${percent(kept(cnn))} of ${RECORD.photos} photos, ${RECORD.names.vit} on ${percent(kept(vit))}.`;
	const said: Readonly<Record<Side, string>> = {
		cnn: 'The CNN bears it better.',
		alike: 'They lie within three points, which so few photos hardly tell apart.',
		vit: 'The ViT bears it better.'
	};
	return `${answers} ${said[betterAt(change)]}`;
}
