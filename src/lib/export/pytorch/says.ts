/** What of the page a script prints its own numbers beside, as a part of a sentence. */
export function comparesWords(isVector: boolean, hasRow: boolean): string {
	if (isVector)
		return hasRow
			? 'the vector that stands for the photo, and the row of attention that is chosen'
			: 'the vector that stands for the photo';
	return hasRow ? 'the classes, and the row of attention that is chosen' : 'the classes';
}
