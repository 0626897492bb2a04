import { expect, type Page } from 'playwright/test';
import type { BackendName } from '../../src/lib/engine/backends/names';
import { readSafetensors } from '../../src/lib/engine/checkpoint/safetensors';
import { convCases, parityCases } from '../parity/cases';
import { byTapName, NOT_TAPS } from '../parity/compare';
import { sharedBytes } from '../parity/recorded';
import type { ModelComparison } from './page/parity';
import { needsShared, test } from './pages';

/** Whatever small checkpoints lie there. */
const SMALL = parityCases(() => true);
/** DINOv3, CLIP, SigLIP and a whole CLIPModel. */
const KINDS = [
	'e1-timm-dinov3-small',
	'e5-hf-dinov3-gated',
	'c1-timm-clip-openai',
	'd1-timm-siglip-map',
	'x1-hf-clip-whole-model'
];
const PHOTO = 'n01622779_great_grey_owl';

/** How many of our taps a recording holds. @param path beside the project */
async function countTaps(path: string): Promise<number> {
	const names = [...byTapName(readSafetensors(await sharedBytes(path))).keys()];
	return names.filter((name) => name !== 'pixel_values' && !NOT_TAPS.includes(name)).length;
}

function expectParity(comparison: ModelComparison, recorded: number, tolerance: number, rows: number): void {
	expect(comparison.taps).toHaveLength(recorded);
	expect(comparison.notFinite).toEqual([]);
	for (const { name, difference } of comparison.taps) expect.soft(difference, name).toBeLessThan(tolerance);
	expect(comparison.rowSums).toBeLessThan(rows);
	expect(comparison.leaked).toBe(0);
}

/** Recordings of PyTorch's, compared with what a backend makes of the same checkpoint and input. */
export function parityOn(backend: BackendName): void {
	test(`small models on ${backend} match their recordings, tap by tap`, async ({ running }) => {
		needsShared();
		test.setTimeout(300_000);
		const page = await running(backend);
		expect(SMALL.length).toBeGreaterThanOrEqual(7);
		for (const { folder, recording } of SMALL) {
			const comparison = await page.evaluate(([from, to]) => window.bridge.compareModel(from, to), [
				`/${folder}/`,
				`/${recording}`
			] as const);
			expectParity(comparison, await countTaps(recording), 1e-4, 1e-5);
		}
	});

	test(`one of each kind with rotary positions, a norm before the blocks or a learned query matches on ${backend}`, async ({
		running
	}) => {
		needsShared();
		test.setTimeout(300_000);
		const page = await running(backend);
		for (const folder of KINDS) {
			const comparison = await page.evaluate(
				(from) => window.bridge.compareModel(from, `${from}expected.safetensors`),
				`/zoo/${folder}/`
			);
			expect(comparison.taps.length).toBeGreaterThan(4);
			expectParity(comparison, comparison.taps.length, 1e-4, 1e-5);
		}
	});

	test(`CNNs on ${backend} match their recordings, map by map`, async ({ running }) => {
		needsShared();
		test.setTimeout(300_000);
		const page = await running(backend);
		for (const { folder, recording } of convCases()) {
			const comparison = await page.evaluate(([from, to]) => window.bridge.compareModel(from, to), [
				`/${folder}/`,
				`/${recording}`
			] as const);
			const names = new Set(comparison.taps.map(({ name }) => name));
			expect(names.size, folder).toBe(await countTaps(recording));
			expectParity(comparison, comparison.taps.length, 1e-3, 1e-5);
		}
	});

	test(`ViT-Tiny on ${backend} matches PyTorch on a photo, tap by tap`, async ({ running }) => {
		needsShared();
		test.setTimeout(300_000);
		await expectViTTiny(await running(backend), 1e-4, 1e-5);
	});
}

export async function expectViTTiny(page: Page, tolerance: number, rows: number): Promise<void> {
	const recording = `parity/real-vit-tiny/${PHOTO}.safetensors`;
	const comparison = await page.evaluate((path) => window.bridge.compareModel('/vit-tiny/', path), `/${recording}`);
	expectParity(comparison, await countTaps(recording), tolerance, rows);
}
