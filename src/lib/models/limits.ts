import { fixed } from '../base/numbers';
import { TransferError } from './transfer';

/** A download of more bytes than this is started only when the reader has said yes. */
export const ASK_ABOVE = 50_000_000;

const GIB = 2 ** 30;
/** What one WebAssembly memory, or one GPU's share of a page, safely holds of weights. */
const MOST = 2 * GIB;
/** Where the browser does not say how much memory there is. */
const USUAL = 1.5 * GIB;

/** The part of `navigator` that is needed here. */
export interface Device {
	/** In GiB, rounded by the browser and at most 8; not every browser tells. */
	readonly deviceMemory?: number;
	readonly storage?: Pick<StorageManager, 'estimate'>;
}

const here = (): Device => (typeof navigator === 'undefined' ? {} : navigator);

/** How many bytes of float32 weights may be tried on a device: a quarter of its memory, for activations need some too. */
export function memoryBound({ deviceMemory }: Device = here()): number {
	return deviceMemory === undefined ? USUAL : Math.min(MOST, (deviceMemory * GIB) / 4);
}

/**
 * @param bytes what the weights take as float32
 * @throws TransferError `too-large`
 */
export function checkMemory(whose: string, bytes: number, device: Device = here()): void {
	const bound = memoryBound(device);
	if (bytes <= bound) return;
	throw new TransferError(
		'too-large',
		`${whose} is too large for this device: its weights take ${gigabytes(bytes)}, and ${gigabytes(bound)} is what can be held here.`
	);
}

/** Whether the browser has room for so many more bytes, as far as it tells. */
export async function hasRoom(bytes: number, { storage }: Device = here()): Promise<boolean> {
	try {
		const { quota, usage = 0 } = (await storage?.estimate()) ?? {};
		return quota === undefined || bytes <= quota - usage;
	} catch {
		// A browser that does not say is tried.
		return true;
	}
}

function gigabytes(bytes: number): string {
	return `${fixed(bytes / 1e9, 1)} GB`;
}
