import { Anchor, Button, Group, NativeSelect, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { moderation, type RoomMode, type RoomModeView } from '../../../shared/contracts/moderation.js';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { call } from '../../api/socket.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useSpan } from '../spans.js';
import { hearMode } from './useRoomMode.js';
import styles from './mode.module.css';

const kinds = ['normal', 'slow', 'questions_only', 'emoji_only', 'read_only'] as const satisfies readonly RoomMode['kind'][];
const slowSeconds = [5, 10, 30, 60, 300, 900, 3_600] as const;
const defaultSeconds = 30;

function usePace(mode: RoomMode) {
  const [seconds, setSeconds] = useState<number>(mode.kind === 'slow' ? mode.seconds : defaultSeconds);
  const offered = [...new Set([...slowSeconds, seconds])].toSorted((a, b) => a - b);
  return { seconds, setSeconds, offered };
}

function PaceSelect({ seconds, setSeconds, offered }: ReturnType<typeof usePace>) {
  const { t } = useTranslation('moderation');
  const span = useSpan();
  const data = offered.map((each) => ({ value: String(each), label: span(each) }));
  return <NativeSelect className={styles['every']} label={t('slowEvery')} value={String(seconds)} onChange={(event) => setSeconds(Number(event.currentTarget.value))} data={data} />;
}

function useSetMode(room: RoomView, close: () => void) {
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const set = async (mode: RoomMode): Promise<void> => {
    setBusy(true);
    try {
      hearMode(room.id, await call(moderation.setMode, { roomId: room.id, mode }));
      close();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return { set: (mode: RoomMode) => void set(mode), error, isBusy };
}

export interface ModeFormProps {
  room: RoomView;
  now: RoomModeView;
  /** Whoever follows a link from here must not lose this page: a host is on stage. */
  keepsPage: boolean;
  close: () => void;
}

/** How a room shall be spoken in: one of the modes, and in a slow one how often. */
export function ModeForm({ room, now, keepsPage, close }: ModeFormProps) {
  const { t } = useTranslation(['moderation', 'common']);
  const [kind, setKind] = useState<RoomMode['kind']>(now.mode.kind);
  const pace = usePace(now.mode);
  const { set, error, isBusy } = useSetMode(room, close);
  return (
    <form onSubmit={(event) => { event.preventDefault(); set(kind === 'slow' ? { kind, seconds: pace.seconds } : { kind }); }}>
      <Radio.Group label={t('moderation:howSpoken')} value={kind} onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'normal')}>
        <Stack gap="sm" mt="xs">
          {kinds.map((one) => (
            <div key={one}>
              <Radio value={one} label={t(`moderation:mode.${one}`)} description={t(`moderation:about.${one}`)} />
              {one === 'slow' && kind === 'slow' && <PaceSelect {...pace} />}
            </div>
          ))}
        </Stack>
      </Radio.Group>
      {now.isAutomatic && <p className={styles['hint']}>{t('moderation:automaticHint')}</p>}
      <ErrorNote error={error} />
      <Group justify="space-between" mt="lg">
        <Anchor component={Link} to={`/moderation?room=${room.id}`} size="sm" onClick={close} {...(keepsPage ? { target: '_blank' } : {})}>{t('moderation:record')}</Anchor>
        <Group gap="sm" ml="auto">
          <Button variant="default" onClick={close}>{t('common:cancel')}</Button>
          <Button type="submit" loading={isBusy}>{t('moderation:setMode')}</Button>
        </Group>
      </Group>
    </form>
  );
}
