import { compareEdits } from './edits';
import { findGradients } from './gradients';
import { checkHalfPrecision } from './half-precision';
import { compareHalves, compareHalvesWithCpu, countWrongHalves } from './halves';
import { compareJoined } from './joined';
import { compareKernels } from './kernels';
import { compareModel } from './parity';
import { cropHashes, decodedPixels } from './photos';
import { start } from './start';
import { compareVariants } from './variants';

/** What the tests ask of the page. Everything they get back is plain data. */
const bridge = {
	start,
	compareKernels,
	compareJoined,
	compareModel,
	checkHalfPrecision,
	compareHalves,
	compareHalvesWithCpu,
	countWrongHalves,
	cropHashes,
	decodedPixels,
	compareVariants,
	compareEdits,
	findGradients
};

export type Bridge = typeof bridge;

declare global {
	interface Window {
		bridge: Bridge;
	}
}

window.bridge = bridge;
