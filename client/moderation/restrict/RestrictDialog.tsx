import { Button, Group, NativeSelect, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moderation } from '../../../shared/contracts/moderation.js';
import { limits } from '../../../shared/limits.js';
import { newClientId } from '../../api/clientId.js';
import { useSession } from '../../api/session.js';
import { call } from '../../api/socket.js';
import { Dialog } from '../../ui/Dialog.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useSpan } from '../spans.js';
import type { RestrictAsk } from './restrictAsk.js';
import styles from './restrict.module.css';

const hour = 60;
const day = 24 * hour;
/** Offered lengths in minutes; null is for good. */
const lengths = { timeout: [10, hour, day, 7 * day], ban: [day, 7 * day, 30 * day, null] } as const satisfies Record<RestrictAsk['kind'], readonly (number | null)[]>;

function useRestrict({ kind, person, roomId }: RestrictAsk, close: () => void) {
  // One name for however many tries it takes.
  const [clientRestrictionId] = useState(newClientId);
  const [minutes, setMinutes] = useState<number | null>(lengths[kind][0]);
  const [isEverywhere, setEverywhere] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      await call(moderation.restrict, { clientRestrictionId, kind, memberId: person.id, roomId: isEverywhere ? null : roomId, minutes, reason });
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return { minutes, setMinutes, isEverywhere, setEverywhere, reason, setReason, error, isBusy, submit: () => void submit() };
}

function Where({ isEverywhere, setEverywhere }: { isEverywhere: boolean; setEverywhere: (is: boolean) => void }) {
  const { t } = useTranslation('moderation');
  return (
    <Radio.Group label={t('where')} value={isEverywhere ? 'house' : 'room'} onChange={(value) => setEverywhere(value === 'house')}>
      <Group gap="lg" mt={6}>
        <Radio value="room" label={t('whereRoom')} />
        <Radio value="house" label={t('whereHouse')} />
      </Group>
    </Radio.Group>
  );
}

function RestrictForm({ ask, close }: { ask: RestrictAsk; close: () => void }) {
  const { t } = useTranslation(['moderation', 'common']);
  const span = useSpan();
  const { me } = useSession();
  const form = useRestrict(ask, close);
  const isKeeper = me?.role === 'moderator' || me?.role === 'organizer';
  const options = lengths[ask.kind].map((minutes) => ({ value: String(minutes), label: minutes === null ? t('moderation:forGood') : span(minutes * 60) }));
  return (
    <form onSubmit={(event) => { event.preventDefault(); form.submit(); }}>
      <Stack gap="md">
        <p className={styles['lead']}>{ask.kind === 'ban' ? t('moderation:banText', { name: ask.person.name }) : t('moderation:timeoutText', { name: ask.person.name })}</p>
        <NativeSelect label={t('moderation:howLong')} data={options} value={String(form.minutes)} onChange={(event) => form.setMinutes(event.currentTarget.value === 'null' ? null : Number(event.currentTarget.value))} />
        {isKeeper && <Where isEverywhere={form.isEverywhere} setEverywhere={form.setEverywhere} />}
        <Textarea
          label={t('moderation:reason')} description={t('moderation:reasonHint')} value={form.reason} maxLength={limits.reasonLength} required autosize minRows={2} data-autofocus
          onChange={(event) => form.setReason(event.currentTarget.value)}
        />
        <ErrorNote error={form.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close}>{t('common:cancel')}</Button>
          <Button type="submit" color="bad" loading={form.isBusy} disabled={form.reason.trim() === ''}>{ask.kind === 'ban' ? t('moderation:ban') : t('moderation:timeOut')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The dialog in which somebody is timed out or banned. */
export function RestrictDialog({ ask, close }: { ask: RestrictAsk; close: () => void }) {
  const { t } = useTranslation('moderation');
  const title = ask.kind === 'ban' ? t('banTitle', { name: ask.person.name }) : t('timeoutTitle', { name: ask.person.name });
  return (
    <Dialog opened onClose={close} title={title}>
      <RestrictForm key={`${ask.kind} ${ask.person.id}`} ask={ask} close={close} />
    </Dialog>
  );
}
