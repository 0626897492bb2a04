import { megabytes } from '../../models/words';

const KILOBYTE = 1e3;
const MEGABYTE = 1e6;

/** `nothing`, `812 bytes`, `12 kB`, and above a megabyte as models are measured; null is a size that nobody knows. */
export function inBytes(bytes: number | null): string {
	if (bytes === null) return 'not known';
	if (bytes === 0) return /* @wc-include */ 'nothing';
	if (bytes < KILOBYTE) return bytes === 1 ? /* @wc-include */ `${bytes} byte` : /* @wc-include */ `${bytes} bytes`;
	return bytes < MEGABYTE ? `${Math.round(bytes / KILOBYTE)} kB` : megabytes(bytes);
}
