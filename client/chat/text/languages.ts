/** The languages that code is coloured in, by the names that people write after a fence. */

export type LanguageName = 'bash' | 'c' | 'css' | 'diff' | 'go' | 'java' | 'json' | 'python' | 'rust' | 'sql' | 'typescript' | 'xml' | 'yaml';

const names: Readonly<Record<string, LanguageName>> = {
  bash: 'bash', sh: 'bash', shell: 'bash', zsh: 'bash', console: 'bash',
  c: 'c', h: 'c', cpp: 'c', 'c++': 'c', cc: 'c',
  css: 'css', scss: 'css',
  diff: 'diff', patch: 'diff',
  go: 'go', golang: 'go',
  java: 'java', kotlin: 'java',
  json: 'json', jsonc: 'json',
  py: 'python', python: 'python',
  rs: 'rust', rust: 'rust',
  sql: 'sql',
  js: 'typescript', javascript: 'typescript', jsx: 'typescript', ts: 'typescript', typescript: 'typescript', tsx: 'typescript',
  html: 'xml', xml: 'xml', svg: 'xml',
  yaml: 'yaml', yml: 'yaml', toml: 'yaml',
};

/** The language meant by a fence's word, where it is one that is coloured. */
export function languageNamed(word: string): LanguageName | null {
  const name = word.toLowerCase();
  return Object.hasOwn(names, name) ? (names[name] ?? null) : null;
}
