/** Giving a workshop live, and watching it. */
import type { Person } from '../../support/browser.js';

/** The host goes on stage with camera and microphone, and live. */
export async function goLive({ page }: Person, workshopPath: string): Promise<void> {
  await page.goto(`${workshopPath}/live`);
  await page.getByRole('button', { name: 'Go on stage' }).click();
  await page.getByRole('button', { name: 'Go live' }).click();
  await page.getByRole('button', { name: 'Yes, go live' }).click();
}

/** Waits until the person's first picture stood, and then until the video has gone on. */
export async function framesFlow({ page }: Person): Promise<void> {
  await page.locator('[data-first-frame]').waitFor();
  await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return video !== null && video.getVideoPlaybackQuality().totalVideoFrames > 10;
  });
}
