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
	await inspect.drop(await upload('mine', quarters()));
	await inspect.shows('Your photo, mine.png');
	const result = await inspect.result();
	await engine.loseGpu();
	await expect(backendLine(inspect)).toContainText(`Runs on ${next}`, { timeout: 45_000 });
	await inspect.settles();
	expect(await inspect.result()).toEqual(result);
	await backendLine(inspect).click();
	const why = new RegExp(`^${backend} could not go on \\(.+\\), so ${next} took over\\.$`);
	await expect(inspect.page.getByText(why)).toBeVisible();
	await expect(inspect.alert).toHaveCount(0);
}
