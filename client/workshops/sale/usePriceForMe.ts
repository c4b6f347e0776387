/** What a ticket costs the reader, by the rules that everybody may see; at the checkout the server judges by the same. */
import { useRouteQuery } from '../../api/useRoute.js';
import { useSession } from '../../api/session.js';
import { community } from '../../../shared/contracts/community.js';
import type { TicketTypeView } from '../../../shared/contracts/selling.js';
import type { WorkshopFacts } from '../../../shared/contracts/workshops.js';
import type { Money } from '../../../shared/money.js';
import { priceFor, type RulePrice } from '../../../shared/pricing.js';
import { useNow } from '../../ui/useNow.js';

/** How often a price that ends with the time is looked at again, in milliseconds. */
const everyMs = 15_000;

/** The price of a ticket type for whoever is signed in, and the rule that made it. */
export function usePriceForMe(): (type: TicketTypeView) => RulePrice {
  const { me } = useSession();
  const tiers = useRouteQuery(community.show, {}).data?.tiers ?? [];
  const now = new Date(useNow(everyMs));
  return (type) => priceFor(type, { tierRank: me?.tier.rank ?? 0, tiers, now });
}

/** What the workshop costs the reader at the least, and whether there are dearer tickets beside. */
export function useLeastPrice(): (workshop: WorkshopFacts) => { price: Money; isFrom: boolean } {
  const priceForMe = usePriceForMe();
  return ({ types, price }) => {
    const amounts = types.map((type) => priceForMe(type).amount);
    return { price: { ...price, amount: Math.min(...amounts) }, isFrom: new Set(amounts).size > 1 };
  };
}
