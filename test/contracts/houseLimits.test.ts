/** The house's measures: files and folders that one person can hold in their head, and nothing swept under a rug. */
import { describe, expect, it } from 'vitest';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import vitestConfig from '../vitest.config.js';
import { listFiles, parseFile, readSource } from './houseSources.js';

const folders = ['server', 'client', 'shared', 'tools', 'test'];
const files = folders.flatMap((folder) => listFiles(folder, /\.(tsx?|mjs|css|h)$/));

/** Lines a file may have; a test may be longer, for it tells a story. */
const fileLines = { source: 250, test: 400 };

/** A folder has fewer files than this; more of them want a folder of their own. */
const folderFiles = 15;

describe('the measures of the house', () => {
  it('looks at all of it', () => {
    for (const folder of folders) expect(files.some((file) => file.startsWith(`${folder}/`))).toBe(true);
  });

  it('has files that can be read in one go', () => {
    const tooLong = files
      .map((file) => ({ file, lines: readSource(file).split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > (file.startsWith('test/') ? fileLines.test : fileLines.source));
    expect(tooLong).toEqual([]);
  });

  it('has folders that can be seen at a glance', () => {
    const counts = new Map<string, number>();
    for (const file of files) {
      const folder = file.slice(0, file.lastIndexOf('/'));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count >= folderFiles)).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    expect(files.filter((file) => /\/(utils?|helpers?|misc|common)(\/|\.\w+$)/i.test(file))).toEqual([]);
  });

  it('has no file that passes on what others export', () => {
    const mayBe = files.filter((file) => /\.tsx?$/.test(file) && /^export (type )?[*{]/m.test(readSource(file)));
    const passesOn = (file: string): boolean => parseFile(file).module.staticExports.some(({ entries }) => entries.some(({ moduleRequest }) => moduleRequest !== null));
    expect(mayBe.filter(passesOn)).toEqual([]);
  });

  it('runs every test there is', () => {
    const projects = (vitestConfig.test?.projects ?? []) as TestProjectInlineConfiguration[];
    const patterns = projects.flatMap((project) => project.test?.include ?? []);
    const roots = patterns.map((pattern) => pattern.slice(0, pattern.indexOf('*')));
    expect(roots.length).toBeGreaterThan(0);
    expect(files.filter((file) => /\.test\.tsx?$/.test(file) && !roots.some((root) => file.startsWith(root)))).toEqual([]);
  });

  it('leaves nothing for later and silences no check', () => {
    // Each mark has one letter in brackets, so that this line is not one of them.
    const marks = /\bTO[D]O\b|\bFIX[M]E\b|\bXX[X]\b|@ts-[i]gnore|@ts-[n]ocheck|(ox|es)lint-[d]isable/;
    expect(files.filter((file) => marks.test(readSource(file)))).toEqual([]);
  });
});
