import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { community } from '../../../shared/contracts/community.js';
import type { TicketTypeView } from '../../../shared/contracts/selling.js';
import { useFormat } from '../../ui/format.js';

/** What members of a tier would pay, where that is less than the reader pays. */
export function OtherPrices({ type, amount, currency }: { type: TicketTypeView; amount: number; currency: string }) {
  const { t } = useTranslation('workshops');
  const format = useFormat();
  const tiers = useRouteQuery(community.show, {}).data?.tiers ?? [];
  const lines = type.rules.flatMap((rule) => {
    const tier = rule.kind === 'member' && rule.price < amount ? tiers.find(({ key }) => key === rule.tierKey) : undefined;
    return tier ? [{ key: tier.key, tier: tier.name, price: rule.price === 0 ? t('box.free') : format.money({ amount: rule.price, currency }) }] : [];
  });
  return lines.map(({ key, ...words }) => <p key={key} className="meta tabular">{t('sale.forMembers', words)}</p>);
}
