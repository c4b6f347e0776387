import { StoreFailure, notSupported } from '../failures.js';
import { isNumeric, type Doc } from '../values/bson.js';
import { compareBinary, compareValues, comparison, type Compare } from '../values/compare.js';
import { toNumber } from '../values/numbers.js';

const known = new Set(['locale', 'strength', 'caseLevel', 'caseFirst', 'numericOrdering', 'alternate', 'maxVariable', 'backwards', 'normalization']);
const sensitivities: Readonly<Record<number, Intl.CollatorOptions['sensitivity']>> = { 1: 'base', 2: 'accent', 3: 'variant' };

/**
 * The order of values under a collation, by the same ICU rules MongoDB uses, which Node carries too.
 * @throws BadValue (2) for an unknown locale, CommandNotSupported (115) for what Intl cannot do
 */
export function collationCompare(collation: Doc): Compare {
  const unknown = Object.keys(collation).find((name) => !known.has(name));
  if (unknown !== undefined) throw new StoreFailure(40415, `BSON field 'collation.${unknown}' is an unknown field.`);
  const locale = collation['locale'];
  if (typeof locale !== 'string') throw new StoreFailure(40414, "BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') return compareValues;
  const strength = isNumeric(collation['strength']) ? toNumber(collation['strength']) : 3;
  const sensitivity = strength === 1 && collation['caseLevel'] === true ? 'case' : sensitivities[strength];
  if (sensitivity === undefined) throw notSupported(`a collation of strength ${strength}`);
  if (collation['backwards'] === true) throw notSupported('a collation with backwards');
  const collator = collatorFor(locale, {
    usage: 'sort', sensitivity, numeric: collation['numericOrdering'] === true, ignorePunctuation: collation['alternate'] === 'shifted',
    caseFirst: collation['caseFirst'] === 'upper' || collation['caseFirst'] === 'lower' ? collation['caseFirst'] : 'false',
  });
  return comparison((left, right) => (left === right ? 0 : collator.compare(left, right) || (strength > 3 ? compareBinary(left, right) : 0)));
}

function collatorFor(locale: string, options: Intl.CollatorOptions): Intl.Collator {
  const tag = locale.replaceAll('_', '-');
  let supported: string[] = [];
  try {
    supported = Intl.Collator.supportedLocalesOf(tag);
  } catch {
    // A malformed tag is unknown like any other.
  }
  if (supported.length === 0) throw new StoreFailure('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`);
  return new Intl.Collator(tag, options);
}
