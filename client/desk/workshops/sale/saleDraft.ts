/** What a workshop sells, as it is typed in the form, and how that is read. */
import { mainKey, type PriceRule } from '../../../../shared/contracts/selling.js';
import type { PublishWorkshop, WorkshopFacts } from '../../../../shared/contracts/workshops.js';
import { readAmount, writeAmount } from '../../../../shared/money.js';

/** A rule as it is typed; of `tierKey`, `until` and `count` only the one of its kind is read. */
export interface RuleDraft {
  kind: PriceRule['kind'];
  tierKey: string;
  /** As `datetime-local` has it, in this browser's zone. */
  until: string;
  count: string;
  price: string;
}

export interface TypeDraft {
  key: string;
  name: string;
  pool: string;
  price: string;
  rules: RuleDraft[];
}

export interface PoolDraft {
  key: string;
  name: string;
  capacity: string;
}

export interface SaleDraft {
  currency: string;
  pools: PoolDraft[];
  types: TypeDraft[];
}

/** One kind of ticket for fifty seats: what most workshops sell. */
export const emptySale: SaleDraft = {
  currency: 'eur',
  pools: [{ key: mainKey, name: '', capacity: '50' }],
  types: [{ key: mainKey, name: '', pool: mainKey, price: '', rules: [] }],
};

export const emptyRule: RuleDraft = { kind: 'member', tierKey: '', until: '', count: '', price: '' };

/** A key that none of these has. */
function freshKey(stem: string, taken: readonly { key: string }[]): string {
  let number = taken.length + 1;
  while (taken.some(({ key }) => key === `${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/** One more kind of ticket, out of the same seats. */
export function withType(sale: SaleDraft): SaleDraft {
  return { ...sale, types: [...sale.types, { key: freshKey('ticket', sale.types), name: '', pool: sale.pools[0]?.key ?? mainKey, price: '', rules: [] }] };
}

/** Without a kind of ticket, and without the seats that no other takes from. */
export function withoutType(sale: SaleDraft, key: string): SaleDraft {
  const types = sale.types.filter((type) => type.key !== key);
  return { ...sale, types, pools: sale.pools.filter((pool) => types.some((type) => type.pool === pool.key)) };
}

/** One more pool of seats; the newest kind of ticket that shares its seats with another takes them from there. */
export function withPool(sale: SaleDraft): SaleDraft {
  const key = freshKey('pool', sale.pools);
  const mover = sale.types.findLast((type) => sale.types.some((other) => other !== type && other.pool === type.pool));
  return {
    ...sale,
    pools: [...sale.pools, { key, name: '', capacity: '' }],
    types: sale.types.map((type) => (type === mover ? { ...type, pool: key } : type)),
  };
}

/** Without a pool; whoever took seats from it takes them from the first that is left. */
export function withoutPool(sale: SaleDraft, key: string): SaleDraft {
  const pools = sale.pools.filter((pool) => pool.key !== key);
  const first = pools[0]?.key ?? mainKey;
  return { ...sale, pools, types: sale.types.map((type) => (type.pool === key ? { ...type, pool: first } : type)) };
}

/** What is typed as the contract has it; what cannot be read is left for the contract to refuse. */
export function readSale({ currency, pools, types }: SaleDraft): Record<'currency' | 'pools' | 'types', unknown> {
  return {
    currency,
    pools: pools.map(({ key, name, capacity }) => ({ key, name: pools.length > 1 ? name : '', capacity: Number(capacity) })),
    types: types.map(({ key, name, pool, price, rules }) => ({
      key,
      name: types.length > 1 ? name : '',
      pool,
      price: readAmount(price === '' ? '0' : price, currency),
      rules: rules.map((rule) => readRule(rule, currency)),
    })),
  } satisfies Record<keyof Pick<PublishWorkshop, 'currency' | 'pools' | 'types'>, unknown>;
}

function readRule({ kind, tierKey, until, count, price: typed }: RuleDraft, currency: string): unknown {
  const price = readAmount(typed, currency);
  if (kind === 'member') return { kind, tierKey, price };
  if (kind === 'first') return { kind, count: Number(count), price };
  const end = new Date(until);
  return { kind, until: Number.isNaN(end.getTime()) ? '' : end.toISOString(), price };
}

/** What a workshop sells now, as one would have typed it. */
export function draftOfSale({ price: { currency }, pools, types }: Pick<WorkshopFacts, 'price' | 'pools' | 'types'>): SaleDraft {
  const typed = (amount: number): string => writeAmount(amount, currency);
  return {
    currency,
    pools: pools.map(({ key, name, capacity }) => ({ key, name, capacity: String(capacity) })),
    types: types.map(({ key, name, pool, price, rules }) => ({ key, name, pool, price: typed(price), rules: rules.map((rule) => draftOfRule(rule, typed(rule.price))) })),
  };
}

function draftOfRule(rule: PriceRule, price: string): RuleDraft {
  const draft = { ...emptyRule, kind: rule.kind, price };
  if (rule.kind === 'member') return { ...draft, tierKey: rule.tierKey };
  return rule.kind === 'early' ? { ...draft, until: localTime(new Date(rule.until)) } : { ...draft, count: String(rule.count) };
}

/** As `datetime-local` has it, in this browser's zone. */
function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
