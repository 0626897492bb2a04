import { expect, type Locator } from 'playwright/test';
import type { EngineWire } from './engine';
import type { InspectPage } from './inspect-page';
import { quarters, upload } from './pictures';

/** The line that says what the model runs on; a click on it tells why. */
export const backendLine = ({ page }: InspectPage): Locator => page.locator('summary').filter({ hasText: 'Runs on' });

/** Opens with a backend that is there. */
export async function openOn(inspect: InspectPage, backend: string): Promise<void> {
	await inspect.open({ backend });
	await expect(backendLine(inspect)).toContainText(`Runs on ${backend}`);
}

/** Once opened on a backend, with a photo of one's own, loses the GPU, and looks that all is as it was but the backend. */
export async function loseGpu(inspect: InspectPage, engine: EngineWire, backend: string, next: string): Promise<void> {
	await lose(inspect, engine, { says: `Runs on ${next}`, why: `${backend} could not go on \\(.+\\), so ${next}` });
}

/** The same for threads. */
export async function loseThreads(inspect: InspectPage, engine: EngineWire, threads: number): Promise<void> {
	const why = `wasm with ${threads} threads could not go on \\(.+\\), so wasm with 1 thread`;
	await lose(inspect, engine, { says: 'Runs on wasm, 1 thread', why });
}

async function lose(
	inspect: InspectPage,
	engine: EngineWire,
	{ says, why }: { readonly says: string; readonly why: string }
): Promise<void> {
	await inspect.drop(await upload('mine', quarters()));
	await inspect.shows('Your photo, mine.png');
	const result = await inspect.result();
	await engine.loseGpu();
	await expect(backendLine(inspect)).toContainText(says, { timeout: 45_000 });
	await inspect.settles();
	expect(await inspect.result()).toEqual(result);
	await backendLine(inspect).click();
	await expect(inspect.page.getByText(new RegExp(`^${why} took over\\.$`))).toBeVisible();
	await expect(inspect.alert).toHaveCount(0);
}
