import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { uniform } from '../../src/lib/base/shuffled';

/** What is on the photos of a class. */
export type Kind = 'stripes' | 'dots';

/** A picture of its kind, like no other: colours, sizes and places go by the number. */
export function picture(kind: Kind, number: number): Promise<Buffer> {
	const next = uniform(100 * number + kind.length);
	const colour = () => `hsl(${Math.round(360 * next())} 70% ${Math.round(30 + 40 * next())}%)`;
	const [ground, ink] = [colour(), colour()];
	const step = 24 + Math.round(16 * next());
	const shapes = Array.from({ length: Math.ceil(320 / step) }, (_, i) =>
		kind === 'stripes'
			? `<rect x="0" y="${i * step}" width="320" height="${step / 2}" fill="${ink}"/>`
			: Array.from(
					{ length: 8 },
					(_, j) => `<circle cx="${40 * j + 20}" cy="${i * step + 12}" r="9" fill="${ink}"/>`
				).join('')
	).join('');
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320"><rect width="320" height="320" fill="${ground}"/>${shapes}</svg>`;
	return sharp(Buffer.from(svg)).png().toBuffer();
}

/** A folder with one for each kind in it, of five photos each; among the dots lies a file that is none. */
export async function folders(place: string): Promise<string> {
	for (const kind of ['stripes', 'dots'] as const) {
		await mkdir(join(place, kind), { recursive: true });
		for (let i = 1; i <= 5; i++) await writeFile(join(place, kind, `${kind} ${i}.png`), await picture(kind, i));
	}
	await writeFile(join(place, 'dots', 'notes.txt'), 'Remember to take more photos.');
	return place;
}
