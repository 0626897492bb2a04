import { bad } from '../checkpoint/fields';
import { stageMap, type SwinConfig } from './config';
import { windowLayout } from './windows';

/** The most numbers that one block's attention may have: 256 MB of them. A Swin-Large of 384 pixels has an eighth of that. */
const MOST = 2 ** 26;

/** Nothing but memory bounds the size of the picture: no weight depends on it. @throws PatchworkError `config` */
export function checkSize(config: SwinConfig): void {
	for (const [s, { heads, mlpDim }] of config.stages.entries()) {
		const { rows, columns } = stageMap(config, s);
		const { count, area } = windowLayout(config, s, 0);
		if (Math.max(count * heads * area ** 2, rows * columns * mlpDim) <= MOST) continue;
		const [height, width] = config.imageSize;
		throw bad(`asks for pictures of ${height} x ${width} pixels, which this model has no memory for`);
	}
}
