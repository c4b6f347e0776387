import { useTranslation } from 'react-i18next';
import type { HereView } from '../../shared/contracts/chat.js';
import { PersonFace } from '../presence/PersonFace.js';
import { StandingWords } from '../presence/StandingWords.js';
import { Badge } from '../ui/Badge.js';
import styles from './PeoplePanel.module.css';

/** Who is in the room now: always how many, and their names while the room is small enough to tell them. */
export function PeoplePanel({ here }: { here: HereView }) {
  const { t } = useTranslation(['chat', 'common']);
  const people = here.people.toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <div className={styles['people']}>
      <h2>{t('chat:hereCount', { count: here.count })}</h2>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <PersonFace person={person} />
            <span className={styles['name']}>{person.name}</span>
            {person.role !== 'member' && <Badge>{t(`common:role.${person.role}`)}</Badge>}
            <StandingWords person={person} />
          </li>
        ))}
      </ul>
      {people.length < here.count && <p className="meta">{t('chat:hereMore', { count: here.count - people.length })}</p>}
    </div>
  );
}
