import { IconBan } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MyRestriction } from '../../../shared/contracts/moderation.js';
import { useFormat } from '../../ui/format.js';
import { useHeldBack } from './useHeldBack.js';
import styles from './restrict.module.css';

/** The ban that closes a room to me, or with null the whole house; undefined where there is none. */
export function useBan(roomId: string | null): MyRestriction | undefined {
  const bans = useHeldBack().filter((one) => one.kind === 'ban' && (one.roomId === null || one.roomId === roomId));
  return bans.find((one) => one.roomId === null) ?? bans[0];
}

function Words({ ban }: { ban: MyRestriction }) {
  const { t } = useTranslation('moderation');
  const format = useFormat();
  return (
    <div>
      <strong>{ban.roomId === null ? t('bannedHouse') : t('bannedRoom')}</strong>
      <p>{t('reasonIs', { reason: ban.reason })}</p>
      <p>{ban.until === null ? t('untilLifted') : t('untilTime', { time: format.dateTime(ban.until) })}</p>
    </div>
  );
}

/** At a closed door: that one is banned, why, and until when. */
export function BanNotice({ ban }: { ban: MyRestriction }) {
  return (
    <div className={styles['notice']} role="alert">
      <IconBan size={20} aria-hidden="true" />
      <Words ban={ban} />
    </div>
  );
}

/** Above every page, for whoever is banned from the whole house. */
export function BanBand() {
  const ban = useBan(null);
  if (ban === undefined || ban.roomId !== null) return null;
  return (
    <div className={styles['band']} role="status">
      <IconBan size={20} aria-hidden="true" />
      <Words ban={ban} />
    </div>
  );
}
