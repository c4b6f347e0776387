/** The house's own sources as the tests of its rules see them: which files there are, and what each imports. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

const houseRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface ImportLine {
  /** What stands in the import: a package, or a relative path. */
  specifier: string;
  /** For a relative one, the file it means, relative to the checkout; null for a package. */
  target: string | null;
  /** Nothing of it is left at run time. */
  isTypeOnly: boolean;
}

/**
 * Lists files, relative to the checkout and with `/` between the names.
 *
 * @param folder - Relative to the checkout; one that does not exist has no files.
 * @param ending - Pattern of the file names wanted.
 */
export function listFiles(folder: string, ending: RegExp): string[] {
  if (!existsSync(path.join(houseRoot, folder))) return [];
  return readdirSync(path.join(houseRoot, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(name, ending);
      return ending.test(entry.name) ? [name] : [];
    })
    .sort();
}

/** The text of a file of the checkout. */
export function readSource(file: string): string {
  return readFileSync(path.join(houseRoot, file), 'utf8');
}

/** The text of a TypeScript file without its comments. */
export function readCode(file: string): string {
  const text = readSource(file);
  const { comments } = parseFile(file);
  return comments.reduceRight((code, { start, end }) => code.slice(0, start) + code.slice(end), text);
}

/** A TypeScript file's syntax tree (ESTree with TypeScript), comments and module record. */
export function parseFile(file: string): ReturnType<typeof parseSync> {
  const result = parseSync(file, readSource(file));
  if (result.errors.length > 0) throw new Error(`${file} does not parse: ${result.errors[0]?.message}`);
  return result;
}

/** Everything a TypeScript file imports: static, dynamic with a literal path, re-exported, or named in a type. */
export function readImports(file: string): ImportLine[] {
  const text = readSource(file);
  const { module } = parseFile(file);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1));
  const lines = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      isTypeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, isTypeOnly: entry.isType }] : [])),
    ),
    ...dynamic.map((specifier) => ({ specifier, isTypeOnly: false })),
    ...[...text.matchAll(/\bimport\('([^']+)'\)/g)]
      .map((match) => String(match[1]))
      .filter((specifier) => !dynamic.includes(specifier))
      .map((specifier) => ({ specifier, isTypeOnly: true })),
  ];
  return lines.map((line) => ({ ...line, target: resolveTarget(file, line.specifier) }));
}

/** Follows TypeScript's custom of naming the emitted file: `./a.js` means `a.ts` or `a.tsx`. */
function resolveTarget(file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const named = path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
  const candidates = [named.replace(/\.js$/, '.ts'), named.replace(/\.js$/, '.tsx'), named];
  return candidates.find((candidate) => existsSync(path.join(houseRoot, candidate))) ?? named;
}
