/** Who imports whom: every import of the house is looked at, and each one that breaks a rule is named. */
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { listFiles, readCode, readImports, readSource, type ImportLine } from './houseSources.js';
import { mayImport, packageHomes } from './importRules.js';

const isSource = /\.tsx?$/;
const isDeclaration = /\.d\.ts$/;
const files = ['shared', 'server', 'client'].flatMap((folder) => listFiles(folder, isSource)).filter((file) => file !== 'client/vite.config.ts');
const imports = new Map(files.map((file) => [file, readImports(file)]));

/** Where a program begins. */
const entries = ['server/main.ts', 'server/embedded/documentStore/main.ts', 'server/embedded/documentStore/transfer/main.ts', 'client/main.tsx'];

function offenders(isOffence: (file: string, line: ImportLine) => boolean): string[] {
  return files.flatMap((file) => {
    const wrong = (imports.get(file) ?? []).filter((line) => isOffence(file, line));
    return wrong.map((line) => `${file} imports ${line.isTypeOnly ? 'a type of ' : ''}${line.target ?? line.specifier}`);
  });
}

/** The files that import each other in a circle, one list for each circle that the first walk over all files meets. */
function circles(): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, road: readonly string[]): void => {
    if (road.includes(file)) found.push([...road.slice(road.indexOf(file)), file]);
    if (done.has(file) || road.includes(file)) return;
    for (const { target } of imports.get(file) ?? []) if (target !== null) walk(target, [...road, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  return found;
}

describe('the import graph', () => {
  it('holds the sources of all three parts', () => {
    for (const part of ['shared/', 'server/', 'client/']) expect(files.some((file) => file.startsWith(part))).toBe(true);
    expect([...imports.values()].flat().length).toBeGreaterThan(files.length);
  });

  it('keeps each part to what the design lets it import', () => {
    expect(offenders((file, { target, isTypeOnly }) => target !== null && !mayImport(file, target, isTypeOnly))).toEqual([]);
  });

  it('keeps shared to zod', () => {
    expect(offenders((file, { target, specifier }) => file.startsWith('shared/') && target === null && specifier !== 'zod')).toEqual([]);
  });

  it("keeps Node's own modules out of the client", () => {
    const isNodes = (specifier: string): boolean => specifier.startsWith('node:') || builtinModules.includes(specifier);
    expect(offenders((file, { specifier }) => file.startsWith('client/') && isNodes(specifier))).toEqual([]);
  });

  it('keeps each outside thing to the folder that stands for it', () => {
    const isAstray = (file: string, { specifier, isTypeOnly }: ImportLine): boolean =>
      !isTypeOnly && packageHomes.some((home) => home.package.test(specifier) && !home.homes.test(file));
    expect(offenders(isAstray)).toEqual([]);
  });

  it('runs the server on packages that a production installation has', () => {
    const { dependencies } = JSON.parse(readSource('package.json')) as { dependencies: Record<string, string> };
    const nameOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    const isMissing = (file: string, { specifier, target, isTypeOnly }: ImportLine): boolean =>
      !file.startsWith('client/') && target === null && !isTypeOnly && !specifier.startsWith('node:') && !(nameOf(specifier) in dependencies);
    expect(offenders(isMissing)).toEqual([]);
  });

  it('reads the environment in server/config.ts and nowhere else', () => {
    expect(files.filter((file) => /\bprocess\s*\.\s*env\b/.test(readCode(file)))).toEqual(['server/config.ts']);
  });

  it('goes one way: no file comes back to itself, not by its types either', () => {
    expect(circles()).toEqual([]);
  });

  it('has no file that no program reaches', () => {
    const reached = new Set(entries);
    for (const file of reached) for (const { target } of imports.get(file) ?? []) if (target !== null) reached.add(target);
    expect(files.filter((file) => !isDeclaration.test(file) && !reached.has(file))).toEqual([]);
  });
});
