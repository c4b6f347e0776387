/** Which language the page speaks, and how it is changed. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { Language } from '../../shared/roles.js';

const storageKey = 'guildhall.language';

/** Each language's own name, for people to find it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/** Texts by namespace and key. */
type Words = Record<string, Record<string, string>>;

const loadWords = {
  en: async () => (await import('./en.js')).en,
  'zh-CN': async () => (await import('./zh-CN.js')).zhCN,
} as const satisfies Record<Language, () => Promise<Words>>;

/** Words of pages that few people open, or seldom. */
const loadMore = {
  desk: {
    en: async () => (await import('./en.desk.js')).enDesk,
    'zh-CN': async () => (await import('./zh-CN.desk.js')).zhCNDesk,
  },
  live: {
    en: async () => (await import('./en.live.js')).enLive,
    'zh-CN': async () => (await import('./zh-CN.live.js')).zhCNLive,
  },
  rights: {
    en: async () => (await import('./en.rights.js')).enRights,
    'zh-CN': async () => (await import('./zh-CN.rights.js')).zhCNRights,
  },
} as const satisfies Record<string, Record<Language, () => Promise<Words>>>;

/** What was chosen in this browser; else the first of the browser's languages that is spoken here; else English. */
function preferredLanguage(): Language {
  const chosen = Language.safeParse(localStorage.getItem(storageKey));
  if (chosen.success) return chosen.data;
  for (const wish of navigator.languages) {
    if (wish.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (wish.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

async function addWords(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'common')) return;
  keep(language, await loadWords[language]());
}

function keep(language: Language, words: Words): void {
  for (const [namespace, bundle] of Object.entries(words)) i18next.addResourceBundle(language, namespace, bundle);
}

/** A part of the program, once the words that it needs beside are there too: in every language, so that changing it needs nothing more. */
export async function withWords<T>(part: Promise<T>, ...groups: (keyof typeof loadMore)[]): Promise<T> {
  const words = groups.flatMap((group) => Language.options.map(async (language) => keep(language, await loadMore[group][language]())));
  const [loaded] = await Promise.all([part, ...words]);
  return loaded;
}

/** Loads the preferred language; the first page waits for it, so that no key is ever seen. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    defaultNS: 'common',
    keySeparator: false,
    fallbackLng: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    // A key is no word: whoever forgot to load the words, or to write one, hears of it.
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => reportError(new Error(`there are no words for ${namespace}:${key}`)),
  });
  await show(preferredLanguage());
}

async function show(language: Language): Promise<void> {
  await addWords(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Changes the language of the page, here and at the next visit. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await show(language);
}
