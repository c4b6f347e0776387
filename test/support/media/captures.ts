/** What a page captures with camera and microphone: kept within reach, so that it can be unplugged, or found to be still on. */
import type { Page } from 'playwright-core';

interface Captures {
  tracks: MediaStreamTrack[];
  /** None are plugged in while this is false. */
  hasDevices: boolean;
}

/** Keeps what a page captures where it can be reached. To be called before the page opens anything. @param hasDevices whether any are plugged in. */
export async function keepCaptures(page: Page, hasDevices = true): Promise<void> {
  await page.addInitScript((has) => {
    const captures: Captures = { tracks: [], hasDevices: has };
    Object.assign(window, { captures });
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      if (!captures.hasDevices) throw new DOMException('Nothing is plugged in.', 'NotFoundError');
      const stream = await ask(constraints);
      captures.tracks.push(...stream.getTracks());
      return stream;
    };
  }, hasDevices);
}

/** Which kinds are captured now, one entry for each device that is on. */
export function capturedBy(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { captures: Captures }).captures.tracks.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind));
}

/** Unplugs what is captured of a kind now: the browser ends the track and says so. @param hasOthers whether other devices are still there. */
export async function unplug(page: Page, kind: 'audio' | 'video', hasOthers = true): Promise<void> {
  await page.evaluate(([wanted, has]) => {
    const { captures } = window as unknown as { captures: Captures };
    captures.hasDevices = has;
    for (const track of captures.tracks.filter((each) => each.kind === wanted && each.readyState === 'live')) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  }, [kind, hasOthers] as const);
}

/** Plugs devices in again. */
export async function plugIn(page: Page): Promise<void> {
  await page.evaluate(() => void ((window as unknown as { captures: Captures }).captures.hasDevices = true));
}
