/** Currencies offered where a price is set. */
export const offeredCurrencies = ['eur', 'usd', 'gbp', 'chf', 'cny', 'jpy'] as const;
