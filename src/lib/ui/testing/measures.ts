import { rgb } from 'd3';

type Linear = readonly [number, number, number];

/** Linear sRGB in [0, 1]. */
function linear(colour: string): Linear {
	const { r, g, b } = rgb(colour);
	const channel = (c: number) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
	return [channel(r), channel(g), channel(b)];
}

/** Contrast ratio, WCAG 2.2. */
export function contrast(a: string, b: string): number {
	const luminance = ([red, green, blue]: Linear) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	const [light = 0, dark = 0] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

/** Machado, Oliveira and Fernandes (2009), severity 1, applied to linear sRGB. */
export const vision: Record<string, readonly number[]> = {
	trichromacy: [1, 0, 0, 0, 1, 0, 0, 0, 1],
	protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
	deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
	tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039]
};

function seen([r, g, b]: Linear, kind: string): Linear {
	const m = vision[kind] ?? [];
	const row = (i: number) => Math.min(1, Math.max(0, (m[i] ?? 0) * r + (m[i + 1] ?? 0) * g + (m[i + 2] ?? 0) * b));
	return [row(0), row(3), row(6)];
}

/** OKLab (Ottosson 2020), in which 0.02 is about one just noticeable difference. */
function oklab([r, g, b]: Linear): Linear {
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
	];
}

/** How far apart two colours look with a kind of vision, in OKLab. */
export function difference(a: string, b: string, kind: string): number {
	const [p, q] = [oklab(seen(linear(a), kind)), oklab(seen(linear(b), kind))];
	return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}
