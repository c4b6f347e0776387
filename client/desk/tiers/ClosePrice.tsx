import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteMutation } from '../../api/useRoute.js';
import { prices, type TierPriceRow } from '../../../shared/contracts/memberships/prices.js';
import type { TierView } from '../../../shared/contracts/tiers.js';
import { usePerInterval } from '../../memberships/offers/planWords.js';
import { AskOnce } from '../../ui/AskOnce.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useAskPricesAgain } from './useAskPricesAgain.js';

/** Closes a price, after one plain question. It stays to be asked while the price that it was about goes. */
export function ClosePrice({ tier, price }: { tier: TierView; price: TierPriceRow | undefined }) {
  const { t } = useTranslation('desk');
  const perInterval = usePerInterval();
  const askAgain = useAskPricesAgain();
  const close = useRouteMutation(prices.close);
  const [isAsked, setAsked] = useState(false);
  if (!price) return null;
  const title = t('prices.closeOf', { tier: tier.name, price: perInterval(price.price, price.interval) });
  const shut = () => close.mutate({ priceId: price.id }, {
    onSuccess: () => {
      setAsked(false);
      askAgain();
    },
  });
  return (
    <>
      <Button size="xs" variant="subtle" color="bad" aria-label={t('prices.named', { act: t('prices.close'), what: title })} onClick={() => setAsked(true)}>{t('prices.close')}</Button>
      <AskOnce opened={isAsked} title={title} confirm={t('prices.close')} tone="bad" isBusy={close.isPending} onConfirm={shut} onClose={() => setAsked(false)}>
        <p>{t('prices.closeText')}</p>
        <ErrorNote error={close.error} />
      </AskOnce>
    </>
  );
}
