/**
 * A block's tap, or the beginning of its name, as readers call it: `Block 3`; `Stage 2, block 1`; what enters the first; a
 * CNN's last layer.
 */
export function blockName(tap: string): string {
	const staged = /^stages\.(\d+)\.blocks\.(\d+)/.exec(tap);
	if (staged) return `Stage ${Number(staged[1]) + 1}, block ${Number(staged[2]) + 1}`;
	if (tap === 'head') return 'The last layer';
	const plain = /^blocks\.(\d+)/.exec(tap);
	return plain ? `Block ${Number(plain[1]) + 1}` : 'What enters block 1';
}
