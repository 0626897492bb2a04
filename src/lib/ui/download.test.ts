import { describe, expect, it } from 'vitest';
import { fileStem } from './download';

describe('fileStem', () => {
	it.each([
		['IMG 0042.JPG', 'img-0042-vit-tiny'],
		['Café, am Morgen.webp', 'cafe-am-morgen-vit-tiny'],
		['../../etc/passwd', 'etc-passwd-vit-tiny'],
		['图片.png', 'photo-vit-tiny'],
		['', 'photo-vit-tiny'],
		['x'.repeat(300), `${'x'.repeat(40)}-vit-tiny`]
	])('of %j is %s', (title, stem) => {
		expect(fileStem(title, 'vit-tiny')).toBe(stem);
	});
});
