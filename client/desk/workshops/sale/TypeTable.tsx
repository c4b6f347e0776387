import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../../api/useRoute.js';
import { community } from '../../../../shared/contracts/community.js';
import type { TicketTypeView } from '../../../../shared/contracts/selling.js';
import type { WorkshopView } from '../../../../shared/contracts/workshops.js';
import { useFormat } from '../../../ui/format.js';
import { Section } from '../../../ui/PageFrame.js';
import { DataTable, type Column } from '../../table/DataTable.js';

/** What a workshop sells, where that is more than one price for everybody. */
export function TypeTable({ workshop: { types, price: { currency } } }: { workshop: WorkshopView }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const tiers = useRouteQuery(community.show, {}).data?.tiers ?? [];
  const [only] = types;
  if (types.length === 1 && only?.rules.length === 0) return null;
  const money = (amount: number) => (amount === 0 ? t('ws.free') : format.money({ amount, currency }));
  const rule = (one: TicketTypeView['rules'][number]) => {
    if (one.kind === 'member') return t('sale.ruleMember', { tier: tiers.find(({ key }) => key === one.tierKey)?.name ?? one.tierKey, price: money(one.price) });
    return one.kind === 'early' ? t('sale.ruleEarly', { when: format.dateTime(one.until), price: money(one.price) }) : t('sale.ruleFirst', { count: one.count, price: money(one.price) });
  };
  const columns: Column<TicketTypeView>[] = [
    { name: t('sales.ticket'), value: (row) => row.name || t('sale.seat') },
    { name: t('ws.price'), value: (row) => row.price, shown: (row) => money(row.price), isNumber: true },
    { name: t('sale.cheaper'), value: (row) => row.rules.map(rule).join(' · ') || '–' },
    { name: t('sale.left'), value: (row) => row.seatsLeft, shown: (row) => `${row.seatsLeft} / ${row.capacity}`, isNumber: true },
  ];
  return <Section title={t('sale.tickets')}><DataTable name={t('sale.tickets')} rows={types} columns={columns} keyOf={(row) => row.key} none={null} /></Section>;
}
