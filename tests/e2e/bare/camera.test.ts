import { launchWith, NO_GPU_ARGS } from '../../../scripts/lib/chromium.js';
import { expect, test } from '../fixtures';

const FAKE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** A browser with a camera that films a test pattern, and a person who allows it. */
test.use({ launchOptions: launchWith([...NO_GPU_ARGS, ...FAKE]) });

test('a picture is taken, shown with its classes, and the camera goes off', async ({ inspect, page }) => {
	await inspect.open();
	await inspect.button('Camera').click();
	const dialog = page.getByRole('dialog', { name: 'Camera' });
	await dialog.getByRole('button', { name: 'Take the picture' }).click();
	await expect(dialog).toHaveCount(0);
	await inspect.shows('Your photo, Camera picture');
	expect(await inspect.guesses()).toHaveLength(5);
});

test('Escape closes it, switches the camera off, and all stays', async ({ inspect, page }) => {
	await inspect.open();
	const result = await inspect.result();
	await inspect.button('Camera').click();
	const video = page.getByRole('dialog').locator('video');
	await expect.poll(() => video.evaluate((shown: HTMLVideoElement) => shown.videoWidth)).toBeGreaterThan(0);
	const track = await video.evaluateHandle(
		(shown: HTMLVideoElement) => (shown.srcObject as MediaStream).getVideoTracks()[0]
	);
	expect(await track.evaluate((one) => one?.readyState)).toBe('live');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect.poll(() => track.evaluate((one) => one?.readyState)).toBe('ended');
	await expect(inspect.button('Camera')).toBeFocused();
	expect(await inspect.result()).toEqual(result);
});

test('live, one picture after the other is shown with its attention, until it is stopped', async ({
	inspect,
	page
}) => {
	await inspect.open();
	const button = inspect.button('Live from the camera');
	await button.click();
	// It does not settle as long as it goes on.
	await expect(inspect.photo).toHaveAccessibleName(/What the camera sees at this moment/, { timeout: 60_000 });
	const video = page.getByLabel('What the camera sees', { exact: true });
	const track = await video.evaluateHandle(
		(shown: HTMLVideoElement) => (shown.srcObject as MediaStream).getVideoTracks()[0]
	);
	await button.click();
	await expect(video).toHaveCount(0);
	await expect.poll(() => track.evaluate((one) => one?.readyState)).toBe('ended');
	expect(await inspect.guesses()).toHaveLength(5);
});

test('live, the picked query stays from picture to picture, and another photo ends it with a word', async ({
	inspect,
	page
}) => {
	await inspect.open();
	await inspect.button('Live from the camera').click();
	await expect(inspect.photo).toHaveAccessibleName(/What the camera sees at this moment/, { timeout: 60_000 });
	await expect(inspect.predictions.getByRole('status')).toBeEmpty();
	await inspect.photo.focus();
	await page.keyboard.press('ArrowRight');
	const heading = inspect.query.getByRole('heading');
	await expect(heading).toHaveText(/row \d+, column \d+/);
	const picked = await heading.innerText();
	const time = () => inspect.predictions.getByText(/^[\d]+ ms$/).innerText();
	// One run after the other takes its own time.
	const times = new Set<string>();
	await expect.poll(async () => times.add(await time()).size, { timeout: 60_000 }).toBeGreaterThan(2);
	await expect(heading).toHaveText(picked);
	await inspect.sample('Balloons over the hills').click();
	await expect(page.getByText('The camera was switched off, as another photo was asked for.')).toBeVisible();
	await inspect.shows(/hot-air balloon/);
	await expect(inspect.button('Live from the camera')).toHaveAttribute('aria-pressed', 'false');
	await expect(inspect.predictions.getByRole('status')).not.toBeEmpty();
});
