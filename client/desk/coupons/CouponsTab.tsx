import { Button } from '@mantine/core';
import { IconDiscount, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { coupons, type CouponOff, type CouponView } from '../../../shared/contracts/coupons.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { Badge } from '../../ui/Badge.js';
import { Dialog } from '../../ui/Dialog.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { useNow } from '../../ui/useNow.js';
import { DataTable, type Column } from '../table/DataTable.js';
import { CloseCoupon } from './CloseCoupon.js';
import { CouponForm } from './CouponForm.js';
import styles from '../desk.module.css';

/** All coupons, how often each was used, and the way to a new one. */
export function CouponsTab() {
  const { t } = useTranslation('desk');
  const list = useRouteQuery(coupons.list, {}, { staleTime: 0 });
  const [isMaking, setMaking] = useState(false);
  const make = <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setMaking(true)}>{t('coupon.new')}</Button>;
  const isEmpty = list.data?.length === 0;
  return (
    <>
      {!isEmpty && <div className={styles['lead']}>{make}</div>}
      {list.data ? (
        isEmpty ? <EmptyState icon={<IconDiscount size={22} />} title={t('coupon.none')} text={t('coupon.noneText')} action={make} /> : <CouponTable rows={list.data} />
      ) : list.isPending ? <RowsSkeleton /> : <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      <Dialog opened={isMaking} onClose={() => setMaking(false)} title={t('coupon.new')}><CouponForm onMade={() => setMaking(false)} /></Dialog>
    </>
  );
}

function CouponTable({ rows }: { rows: CouponView[] }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const now = useNow(60_000);
  const titles = new Map(useRouteQuery(workshops.list, {}).data?.map(({ id, title }) => [id, title]));
  const off = (one: CouponOff) => (one.kind === 'percent' ? t('coupon.percentOff', { percent: one.percent }) : format.money(one));
  const isOver = (row: CouponView) => row.closedAt !== null || (row.expiresAt !== null && Date.parse(row.expiresAt) <= now);
  const state = (row: CouponView) => (row.closedAt ? t('coupon.closed') : isOver(row) ? t('coupon.expired') : row.used + row.held >= row.usesMax ? t('coupon.usedUp') : t('coupon.good'));
  const uses = (row: CouponView) => (row.held === 0 ? `${row.used} / ${row.usesMax}` : t('coupon.usesHeld', { used: row.used, max: row.usesMax, held: row.held }));
  const columns: Column<CouponView>[] = [
    { name: t('coupon.code'), value: (row) => row.code, shown: (row) => <b>{row.code}</b> },
    { name: t('coupon.off'), value: (row) => off(row.off) },
    { name: t('coupon.state'), value: state, shown: (row) => <Badge tone={isOver(row) ? 'plain' : row.used + row.held >= row.usesMax ? 'warn' : 'good'}>{state(row)}</Badge> },
    { name: t('coupon.uses'), value: (row) => row.used, shown: (row) => <span className={styles['noWrap']}>{uses(row)}</span>, isNumber: true },
    { name: t('coupon.perMember'), value: (row) => row.usesPerMember, isNumber: true },
    { name: t('coupon.for'), value: (row) => (row.workshopId === null ? t('coupon.every') : (titles.get(row.workshopId) ?? '')) },
    { name: t('coupon.until'), value: (row) => row.expiresAt, shown: (row) => (row.expiresAt ? format.dateTime(row.expiresAt) : '–') },
    { name: t('coupon.close'), value: (row) => Number(row.closedAt === null), shown: (row) => (isOver(row) ? null : <CloseCoupon coupon={row} />) },
  ];
  return <DataTable name={t('coupons')} rows={rows} columns={columns} keyOf={(row) => row.id} none={null} />;
}
