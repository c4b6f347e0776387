import { useTranslation } from 'react-i18next';
import type { WorkshopState } from '../../shared/contracts/workshops.js';
import { Badge } from '../ui/Badge.js';
import { LiveBadge } from '../ui/LiveBadge.js';

/** Where a workshop stands, in a word. Nothing for a scheduled one: its date says it. */
export function WorkshopBadge({ state }: { state: WorkshopState }) {
  const { t } = useTranslation('workshops');
  if (state === 'scheduled') return null;
  if (state === 'live') return <LiveBadge />;
  return <Badge>{state === 'ended' ? t('state.ended') : t('state.cancelled')}</Badge>;
}
