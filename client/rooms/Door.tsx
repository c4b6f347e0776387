import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { community } from '../../shared/contracts/community.js';
import type { MeView } from '../../shared/contracts/members.js';
import type { EndReason } from '../../shared/contracts/rights.js';
import type { RoomView } from '../../shared/contracts/rooms.js';
import type { TierOffer } from '../../shared/contracts/tiers.js';
import { useRouteQuery } from '../api/useRoute.js';
import { offerPath } from '../memberships/offers/offerPath.js';
import { usePerInterval } from '../memberships/offers/planWords.js';
import { BanNotice, useBan } from '../moderation/restrict/BanNotice.js';
import { Perks } from '../memberships/offers/Perks.js';
import { useGateWords } from './GateBadge.js';
import styles from './Door.module.css';

function Offer({ tier, me }: { tier: TierOffer; me: MeView }) {
  const { t } = useTranslation('chat');
  return (
    <div className={styles['offer']}>
      <h3>{t('door.tierOpens', { tier: tier.name })}</h3>
      <Perks perks={tier.perks} />
      <p className="meta">{t('door.yourTier', { tier: me.tier.name })}</p>
      <HowToGet tier={tier} />
    </div>
  );
}

/** What the tier costs, and the way to it; where it is not for sale, whom to ask. */
function HowToGet({ tier }: { tier: TierOffer }) {
  const { t } = useTranslation(['chat', 'memberships']);
  const perInterval = usePerInterval();
  const [price] = tier.prices;
  if (!price) return <p>{t('chat:door.askOrganizer', { tier: tier.name })}</p>;
  return (
    <>
      <p className="tabular">{tier.prices.map((one) => perInterval(one.price, one.interval)).join(' · ')}</p>
      <Button component={Link} to={offerPath(price.id)} fullWidth>{t('memberships:become', { tier: tier.name })}</Button>
    </>
  );
}

function WayIn({ room, me }: { room: RoomView; me: MeView }) {
  const { t } = useTranslation('chat');
  const tiers = useRouteQuery(community.show, {}).data?.tiers ?? [];
  const { gate } = room;
  if (gate.kind === 'workshop') {
    return (
      <Button component={Link} to={`/workshops/${gate.workshopId}`}>
        {t('door.toWorkshop')}
      </Button>
    );
  }
  const tier = gate.kind === 'tier' ? tiers.find((one) => one.key === gate.tierKey) : undefined;
  return tier === undefined ? null : <Offer tier={tier} me={me} />;
}

export interface DoorProps {
  /** The room behind the door, as the directory shows it; null where even that is not told. */
  room: RoomView | null;
  roomId: string;
  /** Why one is no longer inside; null for who never was, or where it is not known. */
  reason: EndReason | null;
  me: MeView;
}

/** What stands before a room one may not enter: what is inside, who may enter, why one no longer may, and what opens it. */
export function Door({ room, roomId, reason, me }: DoorProps) {
  const { t } = useTranslation(['chat', 'common']);
  const gateWords = useGateWords();
  const ban = useBan(room?.id ?? roomId);
  return (
    <section className={styles['door']} aria-label={t('door.label')}>
      <span className={styles['lock']} aria-hidden="true">
        <IconLock size={26} />
      </span>
      {reason !== null && ban === undefined && (
        <p role="alert" className={styles['reason']}>
          {t(`ended.${reason}`)}
        </p>
      )}
      <h2>{room === null ? t('door.closed') : t('door.title', { room: room.name })}</h2>
      {room !== null && room.topic !== '' && <p className={styles['topic']}>{room.topic}</p>}
      {ban !== undefined && <BanNotice ban={ban} />}
      {ban === undefined && <p>{room === null ? t('door.notYours') : gateWords(room.gate)}</p>}
      {ban === undefined && room !== null && <WayIn room={room} me={me} />}
      <Link to={`/why/rooms/${roomId}`} className={styles['why']}>{t('common:door.whyNot')}</Link>
    </section>
  );
}
