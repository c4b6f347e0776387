import { ActionIcon, Anchor, Button, Group, NativeSelect, Radio, Stack, Tooltip } from '@mantine/core';
import { IconShieldCog } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { moderation, type RoomMode, type RoomModeView } from '../../../shared/contracts/moderation.js';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { call } from '../../api/socket.js';
import { Dialog } from '../../ui/Dialog.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useSpan } from '../spans.js';
import { ModeBadge } from './ModeBadge.js';
import { hearMode, useRoomMode } from './useRoomMode.js';
import styles from './mode.module.css';

const kinds = ['normal', 'slow', 'questions_only', 'emoji_only', 'read_only'] as const satisfies readonly RoomMode['kind'][];
const slowSeconds = [5, 10, 30, 60, 300, 900, 3_600] as const;
const defaultSeconds = 30;

function useChosenMode({ mode }: RoomModeView) {
  const [kind, setKind] = useState<RoomMode['kind']>(mode.kind);
  const [seconds, setSeconds] = useState<number>(mode.kind === 'slow' ? mode.seconds : defaultSeconds);
  const chosen: RoomMode = kind === 'slow' ? { kind, seconds } : { kind };
  return { kind, setKind, seconds, setSeconds, chosen };
}

function ModeForm({ room, now, close }: { room: RoomView; now: RoomModeView; close: () => void }) {
  const { t } = useTranslation(['moderation', 'common']);
  const span = useSpan();
  const { kind, setKind, seconds, setSeconds, chosen } = useChosenMode(now);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const set = async (): Promise<void> => {
    setBusy(true);
    try {
      hearMode(room.id, await call(moderation.setMode, { roomId: room.id, mode: chosen }));
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const offered = [...new Set([...slowSeconds, seconds])].toSorted((a, b) => a - b);
  return (
    <form onSubmit={(event) => { event.preventDefault(); void set(); }}>
      <Radio.Group label={t('moderation:howSpoken')} value={kind} onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'normal')}>
        <Stack gap="sm" mt="xs">
          {kinds.map((one) => (
            <div key={one}>
              <Radio value={one} label={t(`moderation:mode.${one}`)} description={t(`moderation:about.${one}`)} />
              {one === 'slow' && kind === 'slow' && (
                <NativeSelect className={styles['every']} label={t('moderation:slowEvery')} value={String(seconds)} onChange={(event) => setSeconds(Number(event.currentTarget.value))} data={offered.map((each) => ({ value: String(each), label: span(each) }))} />
              )}
            </div>
          ))}
        </Stack>
      </Radio.Group>
      {now.isAutomatic && <p className={styles['hint']}>{t('moderation:automaticHint')}</p>}
      <ErrorNote error={error} />
      <Group justify="space-between" mt="lg">
        <Anchor component={Link} to={`/moderation?room=${room.id}`} size="sm" onClick={close}>{t('moderation:record')}</Anchor>
        <Group gap="sm" ml="auto">
          <Button variant="default" onClick={close}>{t('common:cancel')}</Button>
          <Button type="submit" loading={isBusy}>{t('moderation:setMode')}</Button>
        </Group>
      </Group>
    </form>
  );
}

/** For whoever may moderate the room: how it is spoken in, and the way to what was done here. */
export function ModerateButton({ room }: { room: RoomView | null }) {
  const { t } = useTranslation('moderation');
  const [isOpen, setOpen] = useState(false);
  const mode = useRoomMode(room);
  if (room === null || mode === null || !room.mayModerate) return null;
  const label = t('moderate');
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={label} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <IconShieldCog size={18} />
        </ActionIcon>
      </Tooltip>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={t('moderateRoom', { room: room.name })}>
        <ModeForm room={room} now={mode} close={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

/** Over a conversation that has no page of its own, for whoever may moderate its room. */
export function ModerationBar({ room }: { room: RoomView | null }) {
  if (room === null || !room.mayModerate) return null;
  return (
    <div className={styles['bar']}>
      <ModeBadge room={room} />
      <ModerateButton room={room} />
    </div>
  );
}
