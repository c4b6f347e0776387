/** What the client says: every word is there in every language, none is missing, none is left over. */
import { describe, expect, it } from 'vitest';
import { failures } from '../../shared/failures.js';
import { Language } from '../../shared/roles.js';
import { mentionsOf } from './clientWords.js';
import { listFiles, readSource } from './houseSources.js';

/** A key's text in one language, by the key; `ns:key` with the plural's ending. */
type Bundle = Map<string, string>;

const languages = Language.options;
const bundles = new Map(languages.map((language) => [language, readBundle(language)]));
const mentions = new Map(listFiles('client', /\.tsx?$/).map((file) => [file, mentionsOf(file)]));
const plural = /_(zero|one|two|few|many|other)$/;

function readBundle(language: string): Bundle {
  const files = listFiles(`client/i18n/${language}`, /\.json$/);
  return new Map(
    files.flatMap((file) => {
      const namespace = file.replace(/^.*\/|\.json$/g, '');
      const words = JSON.parse(readSource(file)) as Record<string, string>;
      return Object.entries(words).map(([key, text]): [string, string] => [`${namespace}:${key}`, text]);
    }),
  );
}

function keysOf(language: Language): string[] {
  return [...(bundles.get(language)?.keys() ?? [])];
}

/** The key that the code names: a plural's forms all belong to one. */
function baseOf(key: string, keys: string[]): string {
  const base = key.replace(plural, '');
  return keys.includes(`${base}_other`) ? base : key;
}

function baseKeys(language: Language): Set<string> {
  const keys = keysOf(language);
  return new Set(keys.map((key) => baseOf(key, keys)));
}

/** What is filled in, like `{{name}}`; the count is left out, for a form that stands for one number need not show it. */
function blanks(text: string): string {
  const names = [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => String(match[1]));
  return [...new Set(names)].filter((name) => name !== 'count').sort().join();
}

describe('the words of the client', () => {
  it('are there', () => {
    for (const language of languages) expect(bundles.get(language)?.size).toBeGreaterThan(100);
    expect([...mentions.values()].flatMap((mention) => mention.translated).length).toBeGreaterThan(100);
  });

  it.each(languages)('%s has the same keys as the others, in the forms that its grammar has', (language) => {
    const own = baseKeys(language);
    for (const other of languages) expect([...baseKeys(other)].filter((key) => !own.has(key))).toEqual([]);
    const keys = keysOf(language);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plurals = [...own].filter((key) => !keys.includes(key));
    const wanted = plurals.flatMap((key) => forms.map((form) => `${key}_${form}`));
    expect(keys.filter((key) => plurals.includes(baseOf(key, keys))).sort()).toEqual(wanted.sort());
  });

  it.each(languages)('%s says something for each key, with the same blanks to fill in', (language) => {
    const words = [...(bundles.get(language) ?? [])];
    expect(words.filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    const english = bundles.get('en') ?? new Map<string, string>();
    const inEnglish = (key: string): string => english.get(key) ?? english.get(key.replace(plural, '_other')) ?? '';
    expect(words.filter(([key, text]) => blanks(text) !== blanks(inEnglish(key))).map(([key]) => key)).toEqual([]);
  });

  it('have a sentence for each failure', () => {
    const said = [...baseKeys('en')].filter((key) => key.startsWith('failures:')).map((key) => key.slice('failures:'.length));
    expect(Object.keys(failures).filter((code) => !said.includes(code))).toEqual([]);
  });

  it('are all there that the code asks for', () => {
    const keys = [...baseKeys('en')];
    const isKnown = (key: string): boolean => (key.includes(':') ? keys.includes(key) : keys.some((known) => known.endsWith(`:${key}`)));
    expect([...mentions].flatMap(([file, { translated }]) => translated.filter((key) => !isKnown(key)).map((key) => `${file}: ${key}`))).toEqual([]);
  });

  it('are all asked for', () => {
    const failureCodes = new Set(Object.keys(failures).map((code) => `failures:${code}`));
    const isUsed = (full: string): boolean => {
      const [namespace = '', key = ''] = full.split(':');
      return [...mentions.values()].some(({ literals, templates }) => {
        if (literals.has(full) || templates.some((pattern) => pattern.test(full))) return true;
        const speaks = namespace === 'common' || literals.has(namespace);
        return speaks && (literals.has(key) || templates.some((pattern) => pattern.test(key)));
      });
    };
    expect([...baseKeys('en')].filter((key) => !failureCodes.has(key) && !isUsed(key))).toEqual([]);
  });

  it('stand in the language files, not in the code', () => {
    expect([...mentions].flatMap(([file, { bareWords }]) => bareWords.map((words) => `${file}: ${words}`))).toEqual([]);
  });
});
