import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { inHouse } from './house.mjs';

/**
 * A hash over the names and contents of files: it changes when, and only when, one of them does. Times of files are not
 * looked at, for a checkout sets them anew.
 *
 * @param {string[]} places Files and folders, relative to the checkout; folders count with everything in them.
 * @returns {string} Hexadecimal SHA-256.
 */
export function fingerprint(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap((place) => filesOf(place)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(inHouse(file))).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} place
 * @returns {string[]} Relative to the checkout.
 */
function filesOf(place) {
  if (!statSync(inHouse(place)).isDirectory()) return [place];
  return readdirSync(inHouse(place), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(path.join(place, entry.name)) : [path.join(place, entry.name)],
  );
}
