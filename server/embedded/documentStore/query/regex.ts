import { type BSONRegExp } from 'bson';
import { StoreFailure } from '../failures.js';

/**
 * A JavaScript RegExp that matches as MongoDB's PCRE pattern does. Patterns JavaScript cannot express are refused.
 * @param options any of i, m, s, x, u
 * @throws 51091 for a pattern or option that is not understood
 */
export function toRegExp(pattern: string, options = ''): RegExp {
  let source = pattern;
  let flags = new Set(options);
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline !== null) {
    source = source.slice(inline[0].length);
    flags = new Set([...flags, ...(inline[1] as string)]);
  }
  for (const flag of flags) {
    if (!'imsxu'.includes(flag)) throw new StoreFailure(51108, `invalid flag in regex options: ${flag}`);
  }
  if (flags.has('x')) source = withoutComments(source);
  const wanted = ['i', 'm', 's'].filter((flag) => flags.has(flag)).join('');
  source = source.replaceAll('\\A', '^').replaceAll('\\z', '$').replaceAll('(?P<', '(?<');
  // Unicode mode counts code points, as PCRE does, but refuses needless escapes such as "\-" that PCRE allows.
  return build(source, `${wanted}u`) ?? build(source, wanted) ?? refuse(pattern);
}

function build(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

function refuse(pattern: string): never {
  throw new StoreFailure(51091, `Regular expression is invalid: ${pattern}`);
}

/** The extended syntax: blanks and #-comments outside of classes do not count. */
function withoutComments(source: string): string {
  return source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\s+|#.*/gs, (part) => (/^[\s#]/.test(part) ? '' : part));
}

/** The RegExp of a BSON regular expression. */
export function fromBsonRegExp(regex: BSONRegExp): RegExp {
  return toRegExp(regex.pattern, regex.options);
}

/** The literal text every match of an anchored, case-sensitive pattern starts with; undefined when there is none. */
export function literalPrefix(pattern: string, options: string): string | undefined {
  if (options !== '' || !pattern.startsWith('^') || pattern.includes('|')) return undefined;
  const literal = /^\^((?:[^\\^$.*+?()[\]{}|]|\\[^A-Za-z0-9])*)/.exec(pattern)?.[1] ?? '';
  const next = pattern[literal.length + 1];
  const kept = next === '*' || next === '?' || next === '{' ? literal.replace(/\\?.$/su, '') : literal;
  return kept === '' ? undefined : kept.replace(/\\(.)/gs, '$1');
}
