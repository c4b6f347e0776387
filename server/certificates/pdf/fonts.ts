/** The fonts a certificate is set in: Noto Sans Hans (SIL Open Font License), from their npm package. A PDF carries the glyphs it uses. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface Fonts {
  regular: Buffer;
  bold: Buffer;
}

let opened: Promise<Fonts> | null = null;

/** Read at the first certificate and kept: 17 MB that most nodes never need. Latin, Greek, Cyrillic, kana and 27,000 Han characters. */
export function openFonts(): Promise<Fonts> {
  opened ??= readFonts();
  return opened;
}

async function readFonts(): Promise<Fonts> {
  const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '../fonts');
  const [regular, bold] = await Promise.all(['Regular', 'Bold'].map((weight) => readFile(path.join(folder, `NotoSansHans-${weight}.otf`))));
  if (!regular || !bold) throw new Error('a font is missing');
  return { regular, bold };
}
