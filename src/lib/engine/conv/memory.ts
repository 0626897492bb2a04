import { bad } from '../checkpoint/fields';
import { featureMaps, type ConvConfig } from './config';

/** The most numbers that one map may have: 256 MB of them. */
const MOST = 2 ** 26;

/** Nothing but memory bounds the size of the picture: no weight depends on it. @throws PatchworkError `config` */
export function checkConvSize(config: ConvConfig): void {
	if (featureMaps(config).every(({ rows, columns, channels }) => rows * columns * channels <= MOST)) return;
	const [height, width] = config.imageSize;
	throw bad(`asks for pictures of ${height} x ${width} pixels, which this model has no memory for`);
}
