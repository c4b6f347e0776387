import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation } from '../../api/useRoute.js';
import { coupons, type CouponView } from '../../../shared/contracts/coupons.js';
import { AskOnce } from '../../ui/AskOnce.js';
import { ErrorNote } from '../../ui/ErrorNote.js';

/** Closes a coupon, after one plain question. */
export function CloseCoupon({ coupon: { id, code } }: { coupon: CouponView }) {
  const { t } = useTranslation('desk');
  const queries = useQueryClient();
  const close = useRouteMutation(coupons.close);
  const [isAsked, setAsked] = useState(false);
  const shut = () => close.mutate({ couponId: id }, {
    onSuccess: () => {
      setAsked(false);
      void queries.invalidateQueries({ queryKey: routeKey(coupons.list) });
    },
  });
  return (
    <>
      <Button size="compact-sm" variant="outline" color="bad" aria-label={t('coupon.closeOf', { code })} onClick={() => setAsked(true)}>{t('coupon.close')}</Button>
      <AskOnce opened={isAsked} title={t('coupon.closeOf', { code })} confirm={t('coupon.close')} tone="bad" isBusy={close.isPending} onConfirm={shut} onClose={() => setAsked(false)}>
        <p>{t('coupon.closeText')}</p>
        <ErrorNote error={close.error} />
      </AskOnce>
    </>
  );
}
