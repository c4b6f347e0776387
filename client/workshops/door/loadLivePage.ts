/** The live page's own part of the program: its doors have it come ahead of whoever is about to walk through them. */
import { withWords } from '../../i18n/language.js';
import type { LivePage } from '../LivePage.js';

let arrived: typeof LivePage | null = null;

/** Has it come, once. @throws TypeError - it cannot be had now; to be asked again. */
export async function loadLivePage(): Promise<typeof LivePage> {
  return (arrived = (await withWords(import('../LivePage.js'), 'live')).LivePage);
}

/** The page, where it has come already. */
export function arrivedLivePage(): typeof LivePage | null {
  return arrived;
}
