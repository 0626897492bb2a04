/**
 * The tap that enters a block: what the block before it left, or the embeddings. It is also what a token is after so many
 * blocks.
 * @param block counted from 0
 */
export function inputOf(block: number): string {
	return block === 0 ? 'embeddings' : `blocks.${block - 1}.out`;
}
