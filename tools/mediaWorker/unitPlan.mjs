import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} CompileUnit
 * @property {string} name File name of the unit, without folder.
 * @property {string[]} sources Paths of the merged sources, relative to the worker's folder.
 */

const mainSource = 'src/main.cpp';

/**
 * Reads which sources make up the worker from its own build file, so that a new mediasoup version needs no edit here.
 *
 * @param {string} workerFolder The `worker` folder of the mediasoup package.
 * @returns {string[]} Paths relative to that folder, as `worker/meson.build` lists them, plus the program's entry.
 */
export function listWorkerSources(workerFolder) {
  const mesonBuild = readFileSync(path.join(workerFolder, 'meson.build'), 'utf8');
  const list = /^common_sources = \[\n([^\]]*)^\]/m.exec(mesonBuild)?.[1] ?? '';
  const sources = [...list.matchAll(/'(src\/[^']+\.cpp)'/g)].map((match) => String(match[1]));
  if (sources.length === 0) throw new Error(`No common_sources were found in ${workerFolder}/meson.build.`);
  return [...sources, mainSource];
}

/**
 * Merges the sources into a few units of about equal size. Compiling the shared headers once per unit instead of once
 * per file takes less than a third of the time. Files that define the same file-level `static` name do not share a unit.
 *
 * @param {string} workerFolder The `worker` folder of the mediasoup package.
 * @param {string[]} sources Paths relative to that folder.
 * @param {number} unitCount How many units to aim for; more are made when names clash in all of them.
 * @returns {CompileUnit[]} The heaviest first, which keeps the cores evenly busy to the end.
 */
export function planUnits(workerFolder, sources, unitCount) {
  /** @type {{ bytes: number, names: Set<string>, sources: string[] }[]} */
  const units = Array.from({ length: unitCount }, () => ({ bytes: 0, names: new Set(), sources: [] }));
  const files = sources
    .map((source) => {
      const file = path.join(workerFolder, source);
      return { source, bytes: statSync(file).size, names: fileLevelStatics(readFileSync(file, 'utf8')) };
    })
    .sort((a, b) => b.bytes - a.bytes);
  for (const file of files) {
    const free = units.filter((unit) => file.names.every((name) => !unit.names.has(name)));
    let lightest = free.sort((a, b) => a.bytes - b.bytes)[0];
    if (!lightest) units.push((lightest = { bytes: 0, names: new Set(), sources: [] }));
    lightest.bytes += file.bytes;
    lightest.sources.push(file.source);
    for (const name of file.names) lightest.names.add(name);
  }
  return units
    .filter((unit) => unit.sources.length > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .map((unit, index) => ({ name: `unit${String(index + 1).padStart(2, '0')}.cpp`, sources: unit.sources }));
}

/**
 * The names a source declares `static`. Namespaces nest, so the indentation does not tell a file's own name from one
 * inside a function; taking both only keeps a few files apart that could have shared a unit.
 *
 * @param {string} text
 * @returns {string[]}
 */
function fileLevelStatics(text) {
  const names = [];
  for (const line of text.split('\n')) {
    if (!/^\s*(alignas\(\w+\) )?(inline )?static\b/.test(line)) continue;
    const declaration = line.replace(/alignas\(\w+\)/, '').replace(/<.*>/, '');
    const name = /([A-Za-z_]\w*)\s*(?:[({=;[]|$)/.exec(declaration)?.[1];
    if (name) names.push(name);
  }
  return names;
}
