/** The types of parameters. Everything arrives as text; these say what it must be and turn it into that. */
import { z } from 'zod';

/** What a rule of its own tells `refuseParams`: Stripe's code, and the sentence for the parameter's name. */
export interface RuleParams {
  code?: string;
  say(param: string): string;
}

/** A text turned into something else by `read`, which gives either the value or the reason why not. */
function read<T>(reader: (text: string) => { value: T } | RuleParams) {
  return z.string().transform((text, context): T => {
    const result = reader(text);
    if ('value' in result) return result.value;
    context.addIssue({ code: 'custom', params: result });
    return z.NEVER;
  });
}

/** A text that is not empty. */
export const text = (max = 5000) => z.string().min(1).max(max);

/** The id of an object. */
export const id = () => text(255);

/** A whole number. */
export const integer = (min = 0, max = Number.MAX_SAFE_INTEGER) =>
  read<number>((raw) => {
    const value = /^-?\d{1,16}$/.test(raw) ? Number(raw) : Number.NaN;
    if (Number.isNaN(value)) return { code: 'parameter_invalid_integer', say: () => `Invalid integer: ${raw}` };
    if (value < min) return { code: 'parameter_invalid_integer', say: () => `This value must be greater than or equal to ${min}.` };
    if (value > max) return { code: 'parameter_invalid_integer', say: () => `This value must be less than or equal to ${max}.` };
    return { value };
  });

/** A share of 100, above 0, with two decimals at most. */
export const percent = () =>
  read<number>((raw) => {
    const value = /^\d{1,3}(\.\d{1,2})?$/.test(raw) ? Number(raw) : 0;
    return value > 0 && value <= 100 ? { value } : { say: () => `Invalid percent: ${raw}` };
  });

/** `true` or `false`. */
export const flag = () =>
  read<boolean>((raw) => (raw === 'true' || raw === 'false' ? { value: raw === 'true' } : { say: () => `Invalid boolean: ${raw}` }));

/** One of some words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) => z.enum(words);

/** A three-letter ISO 4217 code, in any case; given on in lower case, as Stripe does. */
export const currency = () =>
  read<string>((raw) =>
    currencies.has(raw.toUpperCase())
      ? { value: raw.toLowerCase() }
      : { code: 'currency_not_supported', say: () => `Invalid currency: ${raw.toLowerCase()}. It is not an ISO 4217 currency.` },
  );
const currencies = new Set(Intl.supportedValuesOf('currency'));

/** An absolute http or https address. */
export const address = () =>
  read<string>((raw) =>
    /^https?:\/\//i.test(raw) && URL.canParse(raw) && raw.length <= 5000
      ? { value: raw }
      : { code: 'url_invalid', say: () => 'Not a valid URL' },
  );

/** An e-mail address; only its form is judged. */
export const email = () =>
  read<string>((raw) =>
    isEmail(raw) ? { value: raw } : { code: 'email_invalid', say: () => `Invalid email address: ${raw}` },
  );

/** Whether a text has the form of an e-mail address. */
export function isEmail(raw: string): boolean {
  return raw.length <= 255 && z.email().safeParse(raw).success;
}

/** A list, written `name[0]=…&name[1]=…` or `name[]=…`. */
export const list = <Item extends z.ZodType>(item: Item, max = 100) =>
  z.preprocess(
    (raw) => (typeof raw === 'object' && raw !== null && isList(raw) ? Object.values(raw) : raw),
    z.array(item).max(max),
  );
const isList = (tree: object): boolean => Object.keys(tree).every((name, position) => name === String(position));

/** A parameter which an empty text unsets. */
export const clearable = <Inner extends z.ZodType>(inner: Inner) =>
  z.preprocess((raw) => (raw === '' ? null : raw), inner.nullable());

/** Up to 50 pairs, names up to 40 characters, values up to 500; an empty value unsets, an empty text unsets all. */
export const metadata = () =>
  z.preprocess(
    (raw) => (raw === '' ? null : raw),
    z
      .record(z.string().min(1).max(40), z.string().max(500))
      .refine((pairs) => Object.keys(pairs).length <= 50, {
        params: { say: (param: string) => `Metadata can have at most 50 keys (${param}).` } satisfies RuleParams,
      })
      .nullable(),
  );

/** All the parameters of an endpoint: these and `expand`, nothing else. */
export const params = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...shape, expand: list(text(), 20).optional() });

/** The parameters of a list: https://docs.stripe.com/api/pagination */
export const listShape = {
  limit: integer(1, 100).optional(),
  starting_after: id().optional(),
  ending_before: id().optional(),
};

/** A span of time: an exact second, or bounds; in seconds since the epoch. */
export const span = () =>
  z.union([
    integer(),
    z.strictObject({ gt: integer().optional(), gte: integer().optional(), lt: integer().optional(), lte: integer().optional() }),
  ]);

/** Applies new metadata to old: names are added or replaced, an empty value removes, `null` removes all. */
export function mergeMetadata(
  old: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>> | null | undefined,
): Record<string, string> {
  if (change === null) return {};
  return Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== ''));
}
