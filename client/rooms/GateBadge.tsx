import { IconDiamond, IconShieldHalf, IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { community } from '../../shared/contracts/community.js';
import type { RoomGate } from '../../shared/contracts/rooms.js';
import { useRouteQuery } from '../api/useRoute.js';
import { Badge } from '../ui/Badge.js';

/** Tells who may enter by a gate, as a sentence. */
export function useGateWords(): (gate: RoomGate) => string {
  const { t } = useTranslation('chat');
  const tiers = useRouteQuery(community.show, {}).data?.tiers ?? [];
  return (gate) => {
    if (gate.kind === 'staff') return t('gate.staff');
    if (gate.kind === 'workshop') return t('gate.workshop');
    if (gate.rank === 0) return t('gate.everyone');
    return t('gate.tier', { tier: tiers.find((tier) => tier.key === gate.tierKey)?.name ?? gate.tierKey });
  };
}

/** Who may enter, as a small badge; a room that is open to all needs none. */
export function GateBadge({ gate }: { gate: RoomGate }) {
  const { t } = useTranslation('chat');
  const tiers = useRouteQuery(community.show, {}).data?.tiers ?? [];
  if (gate.kind === 'staff') return <Badge icon={<IconShieldHalf size={13} aria-hidden="true" />}>{t('badge.staff')}</Badge>;
  if (gate.kind === 'workshop') return <Badge icon={<IconTicket size={13} aria-hidden="true" />}>{t('badge.workshop')}</Badge>;
  if (gate.rank === 0) return null;
  const tier = tiers.find((one) => one.key === gate.tierKey)?.name ?? gate.tierKey;
  return <Badge icon={<IconDiamond size={13} aria-hidden="true" />}>{t('badge.tier', { tier })}</Badge>;
}
