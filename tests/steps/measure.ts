/** What a figure takes of the page at one step, in pixels of the screen. */
export interface Measured {
	/** How much of the figure lies below the edge of its frame. */
	readonly below: number;
	/** Whether a button offers the rest of it. */
	readonly offered: boolean;
	/** Whether what lies at the edge is faded. */
	readonly faded: boolean;
	/** What reaches beyond the frame at its sides, or is cut by a box that hides the rest of it, in words. */
	readonly cut: readonly string[];
	/** Width of what is drawn and written, and of what the prose and the margins leave. */
	readonly taken: number;
	readonly room: number;
	/** Height of the highest picture, and of the window. */
	readonly picture: number;
	readonly window: number;
}

/**
 * Waits until the figure of a step is drawn and stands still, and measures it. It runs in the page, so it must not use
 * anything from outside of it.
 * @param step the id of the step, whose figure is waited for
 */
export async function measure(step: string): Promise<Measured> {
	const frames = (n: number) =>
		new Promise<void>((resolve) => {
			const next = (left: number) => (left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1)));
			next(n);
		});
	const find = (selector: string) => document.querySelector<HTMLElement>(selector);
	const settled = () => {
		const figure = find('aside .figure > figure');
		const isDrawn = figure?.dataset['step'] === step && !figure.querySelector('[aria-busy=true]');
		return isDrawn ? `${figure.offsetWidth} ${figure.scrollHeight}` : '';
	};
	// Twice the same after two frames each: what fits itself to its frame has done so.
	for (let [before, same] = ['', 0]; same < 2;) {
		await frames(2);
		const now = settled();
		same = now !== '' && now === before ? same + 1 : 0;
		before = now;
	}

	const pane = find('aside .figure');
	const prose = find('.reader');
	if (!pane || !prose) throw new Error('There is no figure beside the prose.');
	const frame = pane.getBoundingClientRect();
	const text = prose.getBoundingClientRect();
	const all = [...pane.querySelectorAll<HTMLElement | SVGElement>('figure *')].filter((one) => {
		const { width, height } = one.getBoundingClientRect();
		// What is there for screen readers alone takes a pixel.
		return width > 2 && height > 2 && !one.closest('.visually-hidden, defs');
	});
	const nameOf = (one: Element) => `${one.localName}.${one.getAttribute('class') ?? ''}`;
	const overflow = (one: Element) => getComputedStyle(one).overflowX;
	// A wide table or row of pictures may be scrolled by itself, and what lies beneath or in a field is not its figure's matter.
	const isFree = (one: Element) => {
		for (let up = one.parentElement; up && up !== pane; up = up.parentElement) {
			if (/auto|scroll|hidden|clip/.test(overflow(up)) || up.localName === 'svg') return true;
		}
		return false;
	};
	const beyond = all.filter((one) => {
		const { left, right } = one.getBoundingClientRect();
		return (left < frame.left - 2 || right > frame.right + 2) && !isFree(one);
	});
	const clipped = all.filter((one) => {
		if (!(one instanceof HTMLElement) || one.localName === 'input' || one.querySelector('input[type=text]'))
			return false;
		const { overflowX, overflowY } = getComputedStyle(one);
		const hides = (way: string) => way === 'hidden' || way === 'clip';
		const cutsLetters = one.querySelector('canvas, img, svg') === null && one.textContent.trim() !== '';
		const wide = hides(overflowX) && one.scrollWidth > one.clientWidth + 1;
		const high = hides(overflowY) && one.scrollHeight > one.clientHeight + 1;
		return cutsLetters && (wide || high);
	});
	const letters = [...pane.querySelectorAll('svg text')].filter((one) => {
		const { left, right } = one.getBoundingClientRect();
		return left < frame.left - 2 || right > frame.right + 2;
	});

	const pictures = all.filter(
		(one) => ['canvas', 'svg', 'img'].includes(one.localName) && !one.closest('button, label')
	);
	const written: DOMRect[] = [];
	const walk = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
	for (let node = walk.nextNode(); node; node = walk.nextNode()) {
		const range = document.createRange();
		range.selectNodeContents(node);
		const box = range.getBoundingClientRect();
		if (box.width > 2 && !node.parentElement?.closest('.visually-hidden')) written.push(box);
	}
	const controls = all.filter((one) => /^(input|button|select|table)$/.test(one.localName));
	const boxes = [...[...pictures, ...controls].map((one) => one.getBoundingClientRect()), ...written];
	const left = Math.min(...boxes.map((box) => box.left));
	const right = Math.max(...boxes.map((box) => box.right));

	const button = document.querySelector<HTMLElement>('aside .figure + button');
	return {
		below: pane.scrollHeight - pane.clientHeight,
		offered: button !== null && button.offsetHeight > 0,
		faded: getComputedStyle(pane, '::after').content !== 'none' || getComputedStyle(pane).maskImage !== 'none',
		cut: [...new Set([...beyond, ...clipped, ...letters].map(nameOf))],
		taken: Math.min(right, frame.right) - Math.max(left, frame.left),
		room: innerWidth - text.right - 2 * text.left,
		picture: Math.max(0, ...pictures.map((one) => one.getBoundingClientRect().height)),
		window: innerHeight
	};
}
