import { memorySource, type ByteSource } from '../engine/checkpoint/bytes';
import { storageError } from './store';

/** Where a model's weights can be read, now and once more when a GPU is lost. */
export interface Weights {
	/** Size of the files, in bytes. */
	readonly bytes: number;
	/** Whether they stay in memory beside the tensors made of them, because no other place has them. */
	readonly held: boolean;
	/** The files: one, or as many as the checkpoint is cut into. @throws PatchworkError where they are gone */
	open(): Promise<readonly ByteSource[]>;
	/** To be called once the model is in use and nobody waits: what that takes time for is done then. Not everyone has such. */
	readonly settle?: (() => void) | undefined;
}

/** A file as somebody has it: on disk behind a blob, or in memory. */
export type FileBytes = Blob | ArrayBuffer;

export const sizeOf = (file: FileBytes): number => (file instanceof ArrayBuffer ? file.byteLength : file.size);

const total = (files: readonly FileBytes[]): number => files.reduce((sum, file) => sum + sizeOf(file), 0);

/** Weights whose bytes nobody else keeps. */
export function heldWeights(files: readonly FileBytes[]): Weights {
	return { bytes: total(files), held: true, open: () => sourcesOf(files) };
}

/** Weights in files that stay where they are, such as those that the reader picked. */
export function weightsIn(files: readonly Blob[]): Weights {
	return { bytes: total(files), held: false, open: () => sourcesOf(files) };
}

/**
 * Weights that somebody else keeps. What has just come is handed out once and then forgotten.
 * @param again brings the files once more
 */
export function keptWeights(files: readonly FileBytes[], again: () => Promise<readonly FileBytes[]>): Weights {
	let first: readonly FileBytes[] | null = files;
	return {
		bytes: total(files),
		held: false,
		open: async () => {
			const here = first ?? (await again());
			first = null;
			return sourcesOf(here);
		}
	};
}

function sourcesOf(files: readonly FileBytes[]): Promise<ByteSource[]> {
	return Promise.all(files.map((file) => (file instanceof ArrayBuffer ? memorySource(file) : blobSource(file))));
}

/** Reads a blob tensor by tensor. Only workers may wait for a disk; elsewhere it is brought into memory as a whole. */
async function blobSource(blob: Blob): Promise<ByteSource> {
	if (typeof FileReaderSync === 'undefined') {
		return memorySource(
			await blob.arrayBuffer().catch((cause: unknown) => Promise.reject(storageError('read', cause)))
		);
	}
	const reader = new FileReaderSync();
	return {
		size: blob.size,
		read: (start, end) => {
			try {
				return new Uint8Array(reader.readAsArrayBuffer(blob.slice(start, end)));
			} catch (cause) {
				throw storageError('read', cause);
			}
		}
	};
}
