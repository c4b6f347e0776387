import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import styles from './TypingLine.module.css';

/** Who is writing; its line is kept free, so that nothing jumps. */
export function TypingLine({ people }: { people: readonly PersonView[] }) {
  const { t } = useTranslation('chat');
  const [first, second] = people;
  let words = '';
  if (people.length > 2) words = t('typingMany');
  else if (first !== undefined && second !== undefined) words = t('typingTwo', { first: first.name, second: second.name });
  else if (first !== undefined) words = t('typingOne', { name: first.name });
  return (
    <p className={styles['typing']} aria-live="off">
      {words}
    </p>
  );
}
