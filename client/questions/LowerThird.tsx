import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../shared/contracts/live/questions.js';
import { AskerFace } from './AskerFace.js';
import styles from './questions.module.css';

/** The question on air, over the lower edge of the picture. */
export function LowerThird({ question }: { question: QuestionView | undefined }) {
  const { t } = useTranslation('questions');
  return (
    <div className={styles['third']} data-shown={question !== undefined} role="status">
      {question && (
        <>
          <AskerFace asker={question.isAnonymous ? null : question.asker} />
          <div>
            <p className={styles['thirdBy']}>{question.asker && !question.isAnonymous ? t('third.label', { name: question.asker.name }) : t('third.anonymous')}</p>
            <p className={styles['thirdText']}>{question.text}</p>
          </div>
        </>
      )}
    </div>
  );
}
