/** What the host's camera shows in the pictures: a slide, as a film that Chromium takes for a camera. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';

const slide = `<!doctype html><style>
  body { margin: 0; height: 720px; background: #14181f; color: #e8e6e1; font: 30px/1.5 system-ui, sans-serif; display: grid; grid-template-rows: auto 1fr auto; }
  h1 { font-size: 44px; margin: 56px 72px 0; font-weight: 650; }
  pre { margin: 36px 72px; font: 29px/1.6 ui-monospace, monospace; color: #c9d4e5; }
  b { color: #8fb4ff; font-weight: 500; } i { color: #e6b673; font-style: normal; } s { color: #7d8794; text-decoration: none; }
  p { margin: 0 72px 150px; color: #9aa3b0; font-size: 24px; }
</style><h1>A reader that lends its buffers</h1>
<pre><b>async fn</b> pump(from: &amp;<b>Reader</b>, to: &amp;<b>Writer</b>) {
    <b>while let</b> Some(loan) = from.<i>lend</i>().<b>await</b> {
        to.<i>write</i>(&amp;loan).<b>await</b>;   <s>// nothing is copied</s>
    }                           <s>// the loan ends here</s>
}</pre><p>Office hours · Rivet Guild</p>`;

/** Frames of the film; Chromium plays it again and again. */
const frames = 20;

/**
 * Draws the slide and writes it as Motion JPEG: one JPEG after the other.
 *
 * @param folder - where the film goes.
 * @param executablePath - the browser that draws.
 * @returns the film's path, for `--use-file-for-fake-video-capture`.
 */
export async function makeFilm(folder: string, executablePath: string): Promise<string> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.setContent(slide);
    const picture = await page.screenshot({ type: 'jpeg', quality: 92 });
    const film = path.join(folder, 'camera.mjpeg');
    await writeFile(film, Buffer.concat(Array.from({ length: frames }, () => picture)));
    return film;
  } finally {
    await browser.close();
  }
}
