import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/failures.js';
import { useFailureWords } from '../../ui/ErrorNote.js';
import { actAgain, giveUpAct, type WaitingAct } from './waitingActs.js';
import styles from './UndoneActs.module.css';

/** After these there is nothing left to do it to. */
const lost = new Set(['message.deleted', 'message.not_found', 'room.not_found']);

function UndoneAct({ act: { id, item, refusal } }: { act: WaitingAct }) {
  const { t } = useTranslation(['messages', 'chat', 'common']);
  const words = useFailureWords();
  const isLost = refusal instanceof AppError && lost.has(refusal.code);
  return (
    <li role="alert" className={styles['act']}>
      <IconAlertTriangle size={18} aria-hidden="true" />
      <p>
        <strong>{t(`messages:undone.${item.kind}`)}</strong> {words(refusal)}
      </p>
      {!isLost && (
        <Button size="compact-sm" variant="light" color="bad" onClick={() => actAgain(id)}>
          {t('chat:tryAgain')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => giveUpAct(id)}>
        {isLost ? t('common:close') : t('chat:discard')}
      </Button>
    </li>
  );
}

/** What was done to messages while the connection was away and then was refused: wherever I am by then, I am told, and why. */
export function UndoneActs({ acts }: { acts: readonly WaitingAct[] }) {
  return (
    <ul className={styles['acts']}>
      {acts.map((act) => (
        <UndoneAct key={act.id} act={act} />
      ))}
    </ul>
  );
}
