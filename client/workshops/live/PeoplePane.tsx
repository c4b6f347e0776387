import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HereView } from '../../../shared/contracts/chat.js';
import { PersonFace } from '../../presence/PersonFace.js';
import { StandingWords } from '../../presence/StandingWords.js';
import { PersonMenu, type PersonMenuProps } from '../../moderation/restrict/PersonMenu.js';
import { Badge } from '../../ui/Badge.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import styles from './lobby.module.css';

export interface PeoplePaneProps {
  here: HereView | null;
  hostIds: ReadonlySet<string>;
  /** Whoever is on stage is not away, however long their keyboard rests. */
  onStageIds: ReadonlySet<string>;
  room: PersonMenuProps['room'];
  /** Who is on stage, and who wants to be. */
  top: ReactNode;
}

/** Everybody who is here: names while they are few, else the count. Hosts first. */
export function PeoplePane({ here, hostIds, onStageIds, room, top }: PeoplePaneProps) {
  const { t } = useTranslation('workshops');
  if (!here) return <div className={styles['people']}><RowsSkeleton height={28} /></div>;
  const people = here.people.toSorted((a, b) => Number(hostIds.has(b.id)) - Number(hostIds.has(a.id)) || a.name.localeCompare(b.name));
  return (
    <div className={styles['people']}>
      {top}
      <p className="meta tabular">{t('live.here', { count: here.count })}</p>
      {people.length < here.count && <p>{t('live.tooManyNames')}</p>}
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <PersonFace person={person} isSeen={onStageIds.has(person.id)} />
            <span>{person.name}</span>
            {hostIds.has(person.id) && <Badge tone="accent">{t('live.hostBadge')}</Badge>}
            <StandingWords person={person} isSeen={onStageIds.has(person.id)} />
            <PersonMenu person={person} room={room} />
          </li>
        ))}
      </ul>
    </div>
  );
}
