import { Button, Group } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memberships, type ChangePreview } from '../../../shared/contracts/memberships/memberships.js';
import { isFailure } from '../../api/problems.js';
import { useRouteMutation } from '../../api/useRoute.js';
import { Dialog } from '../../ui/Dialog.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { ChangeReckoning } from './ChangeReckoning.js';
import type { Choice } from '../Chosen.js';
import { usePerInterval } from '../offers/planWords.js';
import { usePortal, useTakeMine, type RunningMembership } from '../useMine.js';
import styles from '../memberships.module.css';

/** Going over to another plan: what it costs to the cent and when, and only then the button that does it. */
export function ChangeDialog({ running, choice, onClose }: { running: RunningMembership; choice: Choice | null; onClose: () => void }) {
  const { t } = useTranslation('memberships');
  const perInterval = usePerInterval();
  const isOther = choice !== null && choice.price.id !== running.plan.priceId;
  return (
    <Dialog opened={isOther} onClose={onClose} title={choice && t('change.ask', { tier: choice.tier.name, price: perInterval(choice.price.price, choice.price.interval) })}>
      {isOther && <Previewed priceId={choice.price.id} running={running} onClose={onClose} />}
    </Dialog>
  );
}

function Previewed({ priceId, running, onClose }: { priceId: string; running: RunningMembership; onClose: () => void }) {
  const { t } = useTranslation(['memberships', 'common']);
  const [shown, setShown] = useState<ChangePreview | null>(null);
  const [hasChanged, setHasChanged] = useState(false);
  const preview = useRouteMutation(memberships.previewChange);
  const change = useRouteMutation(memberships.change);
  const take = useTakeMine();
  const look = () => preview.mutate({ priceId }, { onSuccess: setShown });
  const lookFirst = useEffectEvent(look);
  useEffect(() => lookFirst(), []);
  const go = ({ when, at, due }: ChangePreview) => change.mutate({ priceId, when, at, due }, {
    onSuccess: (mine) => {
      take(mine);
      onClose();
    },
    onError: (error) => {
      const isStale = isFailure(error, 'membership.preview_changed');
      setHasChanged(isStale);
      if (!isStale) return;
      setShown(null);
      look();
    },
  });
  if (preview.error) return <ErrorNote error={preview.error} retry={look} />;
  if (!shown) return <RowsSkeleton count={3} />;
  return (
    <div className={styles['reckoning']}>
      {hasChanged && <p role="status" className={styles['note']}>{t('memberships:change.again')}</p>}
      <ChangeReckoning preview={shown} running={running} />
      {!hasChanged && <ErrorNote error={change.error} />}
      {isFailure(change.error, 'payment.proof_wanted') && <OnPaymentPage />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>{t('common:cancel')}</Button>
        <Button loading={change.isPending} onClick={() => go(shown)}><GoWords preview={shown} /></Button>
      </Group>
    </div>
  );
}

/** Where a bank can ask for its proof, the same change is to be had as well. */
function OnPaymentPage() {
  const { t } = useTranslation('memberships');
  const { open, isOpening, error } = usePortal('overview');
  return (
    <>
      <Button loading={isOpening} onClick={open}>{t('change.onPage')}</Button>
      <ErrorNote error={error} />
    </>
  );
}

function GoWords({ preview: { when, at, due, currency } }: { preview: ChangePreview }) {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  if (when === 'at_period_end') return t('change.doLater', { when: format.date(at) });
  return due === 0 ? t('change.doNow') : t('change.doPay', { amount: format.money({ amount: due, currency }) });
}
