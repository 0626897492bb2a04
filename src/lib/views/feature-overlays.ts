import { fixed } from '../base/numbers';
import { cosinesTo } from '../analysis/cosine';
import { tokenLengths, type TokenLengths } from '../analysis/token-norms';
import { firstPatch, tokenName, prefixOf } from '../marks/tokens';
import { componentsOverlay } from './components-overlay';
import { made, whyNone, type FeatureReader } from './feature-reader';
import { patchFeatures } from './features';
import { range } from './maps';
import type { OverlayEntry, OverlayHost } from './overlays';
import { capital, formatWeight } from './words';

/** How long the tokens are that come out of a block. */
export function normsOverlay(host: OverlayHost, reader: FeatureReader): OverlayEntry {
	const lengths = () => {
		const features = reader.place('block')?.reading.value;
		if (!features) return null;
		const { rows: data, dim, prefix } = features;
		const count = data.length / dim;
		return tokenLengths({ data, shape: [1, count, dim] }, prefix, count);
	};
	const values = () => lengths()?.patches ?? null;
	return {
		id: 'norms',
		name: `Length of the ${host.called.vector}s`,
		title: () => `How long each ${host.called.vector} is ${reader.where('block')}`.trim(),
		...made(reader, 'block'),
		values,
		domain: range,
		sentence: () => {
			const all = lengths();
			return all ? normsSentence(all, host) : whyNone(host, reader, 'block') || LENGTH;
		},
		alpha: 'opaque',
		say: (token, name) => {
			const all = lengths();
			const length = all && [...all.before, ...all.patches][token];
			return length == null ? name : `${name}: ${sayLength(length)}`;
		}
	};
}

const sayLength = (length: number) => (Number.isNaN(length) ? 'taken out' : `length ${formatWeight(length)}`);

const LENGTH = 'Euclidean length of each vector';

function normsSentence(
	{ before, median, fence, tokens }: TokenLengths,
	{ grid, called: { one, many, none }, farOut }: OverlayHost
): string {
	const far = tokens.length === 0 ? none : tokens.length === 1 ? `one ${one} is` : `${tokens.length} ${many} are`;
	const others = prefixOf(grid)
		.map((name, token) => `${name} ${sayLength(before[token] ?? NaN)}`)
		.join(', ');
	return `${LENGTH}, from the least to the most of the ${many}; their median is ${formatWeight(median)}, and ${far} far out, above ${formatWeight(fence)} (three times the middle half’s range beyond it).${farOut && ` ${farOut}`}${others && ` Before the patches: ${others}.`}`;
}

/** How alike the other patches are to the query's. */
export function likenessOverlay(host: OverlayHost, reader: FeatureReader): OverlayEntry {
	const asked = () => {
		const other = host.selection.lookedFrom;
		return other
			? { vector: other.featureOf(other.token), name: `${tokenName(other.token, other.grid)} of the other photo` }
			: { vector: reader.of(host.token), name: tokenName(host.token, host.grid) };
	};
	const values = () => {
		const features = reader.place()?.reading.value;
		const { vector } = asked();
		return features && vector && features.dim === vector.length ? cosinesTo(vector, patchFeatures(features)) : null;
	};
	return {
		id: 'likeness',
		name: `${capital(host.called.many)} like this one`,
		title: () => `What is like ${asked().name}, ${reader.where()}`,
		...made(reader),
		values,
		domain: (values) => {
			const [least, most] = range(values);
			return [Math.min(0, least), Math.max(most, 0)];
		},
		sentence: () =>
			whyNone(host, reader) ||
			`Cosine of the angle between the features ${reader.where()}: 1 for the same direction, 0 for none in common (as in Oquab et al. 2023 and Siméoni et al. 2025).`,
		alpha: 'ramp',
		say: (token, name) => {
			const value = values()?.[token - firstPatch(host.grid)];
			return value === undefined ? name : capital(`${name}: cosine ${fixed(value, 2)} with ${asked().name}`);
		}
	};
}

/** What is drawn of the features of a run. */
export function featureOverlays(host: OverlayHost, reader: FeatureReader): OverlayEntry[] {
	return [normsOverlay(host, reader), componentsOverlay(host, reader), likenessOverlay(host, reader)];
}
