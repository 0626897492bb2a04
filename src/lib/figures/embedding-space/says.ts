import { neighboursOf, type Embedded, type Layout, type Space } from '../../embeddings/neighbours';

/** Whether the photo that is most like the picked one is also the nearest on the map; empty until there are two to choose from. */
export function mapWords(
	photos: readonly Embedded[],
	picked: string,
	space: Space,
	{ places }: Pick<Layout, 'places'>
): string {
	const place = new Map(places.map((one) => [one.id, one]));
	const here = place.get(picked);
	const title = photos.find(({ id }) => id === picked)?.title;
	const others = neighboursOf(photos, picked, space).flatMap((other) => {
		const there = place.get(other.id);
		return here && there ? [{ ...other, away: Math.hypot(here.x - there.x, here.y - there.y) }] : [];
	});
	const [alike] = others;
	if (!alike || title === undefined || others.length < 2) return '';
	const near = others.reduce((nearest, other) => (other.away < nearest.away ? other : nearest));
	return near.id === alike.id
		? `Here: nearest to “${title}” is “${alike.title}”, by all numbers and on the map alike.`
		: `Here: nearest to “${title}” is “${alike.title}” by all numbers, but “${near.title}” on the map.`;
}
