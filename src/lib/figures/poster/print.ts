/** Prints a picture alone on its sheet; see `.print-alone` in app.css. Gives back the page when the reader is done. */
export async function printPicture(png: Blob): Promise<void> {
	const url = URL.createObjectURL(png);
	const image = new Image();
	image.src = url;
	image.alt = '';
	image.className = 'print-alone';
	try {
		await image.decode();
		document.body.append(image);
		// Not every browser waits in `print` until the reader is done.
		const printed = new Promise((resolve) => window.addEventListener('afterprint', resolve, { once: true }));
		window.print();
		await printed;
	} finally {
		image.remove();
		URL.revokeObjectURL(url);
	}
}
