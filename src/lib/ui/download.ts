/** Hands a file to the reader as a download. */
export function download(file: Blob, name: string): void {
	const url = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The browser takes hold of the file after the click was handled.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The beginning of a file's name: the photo and the model, in letters that every system takes. */
export function fileStem(photo: string, model: string): string {
	const plain = photo
		.replace(/\.[a-z0-9]{1,5}$/i, '')
		.normalize('NFKD')
		.replace(/[^\w-]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 40)
		.toLowerCase();
	return [plain || 'photo', model].join('-');
}
