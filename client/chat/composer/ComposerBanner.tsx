import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconPencil, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { plainLine } from '../text/plainLine.js';
import { useName } from '../row/useName.js';
import type { WritingNow } from './useWriting.js';
import styles from './Composer.module.css';

/** Above the field: what is being answered, or that a message is being edited; and the way out of it. */
export function ComposerBanner({ editing, replyTo, giveUp }: Pick<WritingNow, 'editing' | 'replyTo' | 'giveUp'>) {
  const { t } = useTranslation('messages');
  const name = useName();
  if (editing === null && replyTo === null) return null;
  return (
    <div className={styles['banner']}>
      {editing === null ? <IconArrowBackUp size={15} aria-hidden="true" /> : <IconPencil size={15} aria-hidden="true" />}
      <span className={styles['bannerText']}>
        {replyTo !== null && <strong>{t('replyingTo', { name: name(replyTo.author) })}</strong>} {replyTo === null ? t('editing') : plainLine(replyTo.excerpt)}
      </span>
      <ActionIcon variant="subtle" color="gray" size={26} aria-label={editing === null ? t('noReply') : t('noEdit')} onClick={giveUp}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  );
}
