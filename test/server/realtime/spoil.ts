/** Spoils a valid input in every way there is to spoil it: one thing wrong at a time. */

export interface Spoiled {
  /** What is wrong, and where. */
  how: string;
  input: unknown;
}

/** What an attacker puts where a text belongs: MongoDB's operators, other types, what no field is long enough for. */
const notText: [string, unknown][] = [
  ['null', null],
  ['a number', 7],
  ['true', true],
  ['a list', ['a']],
  ['{"$ne":null}', { $ne: null }],
  ['{"$gt":""}', { $gt: '' }],
  ['{"$regex":"."}', { $regex: '.' }],
  ['{"$where":"1"}', { $where: '1' }],
  ['a function’s shadow', { toString: 'a', valueOf: 'b' }],
  ['a very long text', 'x'.repeat(50_000)],
];
const notNumber: [string, unknown][] = [['null', null], ['digits in a text', '7'], ['a list', [7]], ['{"$gt":0}', { $gt: 0 }], ['true', true]];
const notBoolean: [string, unknown][] = [['null', null], ['"true"', 'true'], ['1', 1], ['{"$exists":true}', { $exists: true }]];
const notList: [string, unknown][] = [['null', null], ['a text', 'a'], ['{"$in":[]}', { $in: [] }], ['{"length":1}', { length: 1 }]];
const notObject: [string, unknown][] = [['null', null], ['a text', 'a'], ['a list', [{}]], ['7', 7], ['true', true]];

/** JSON's own key, which an object literal could not write. */
const withPrototype: unknown = JSON.parse('{"__proto__":{"role":"organizer"}}');

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param valid - an input that is taken as it is.
 * @param optional - top-level fields that may be left out.
 * @param nullable - top-level fields that may be null.
 */
export function spoil(valid: Record<string, unknown>, optional: readonly string[] = [], nullable: readonly string[] = []): Spoiled[] {
  const missing = Object.keys(valid)
    .filter((field) => !optional.includes(field))
    .map((field) => ({ how: `${field} missing`, input: Object.fromEntries(Object.entries(valid).filter(([name]) => name !== field)) }));
  const extra = ['extra', 'constructor', '$where', '_id', 'memberId'].map((field) => ({ how: `${field} too many`, input: { ...valid, [field]: 'a' } }));
  return [
    ...notObject.map(([what, input]) => ({ how: `${what} in its place`, input })),
    ...missing,
    ...extra,
    { how: '__proto__ too many', input: Object.defineProperty({ ...valid }, '__proto__', { value: { role: 'organizer' }, enumerable: true }) },
    { how: 'only __proto__', input: withPrototype },
    ...Object.entries(valid).flatMap(([field, value]) => spoilValue(value).filter(({ input }) => input !== null || !nullable.includes(field)).map(({ how, input }) => ({ how: `${field}: ${how}`, input: { ...valid, [field]: input } }))),
  ];
}

function spoilValue(value: unknown): Spoiled[] {
  const wrong = typeof value === 'string' ? notText : typeof value === 'number' ? notNumber : typeof value === 'boolean' ? notBoolean : Array.isArray(value) ? notList : notObject;
  const here = wrong.map(([how, input]) => ({ how, input }));
  if (Array.isArray(value)) {
    const [first, ...rest] = value as unknown[];
    return [...here, ...spoilValue(first).map(({ how, input }) => ({ how: `[0] ${how}`, input: [input, ...rest] }))];
  }
  if (!isObject(value)) return here;
  return [...here, ...Object.entries(value).flatMap(([field, inner]) => spoilValue(inner).map(({ how, input }) => ({ how: `${field}: ${how}`, input: { ...value, [field]: input } })))];
}
