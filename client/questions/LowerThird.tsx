import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../shared/contracts/questions.js';
import { Avatar } from '../ui/Avatar.js';
import styles from './questions.module.css';

/** The question on air, over the lower edge of the picture. */
export function LowerThird({ question }: { question: QuestionView | undefined }) {
  const { t } = useTranslation('questions');
  return (
    <div className={styles['third']} data-shown={question !== undefined} role="status">
      {question && (
        <>
          <Avatar person={question.asker} size="small" />
          <div>
            <p className={styles['thirdBy']}>{t('third.label', { name: question.asker.name })}</p>
            <p className={styles['thirdText']}>{question.text}</p>
          </div>
        </>
      )}
    </div>
  );
}
