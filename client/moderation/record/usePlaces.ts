import { useTranslation } from 'react-i18next';
import { rooms } from '../../../shared/contracts/rooms.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { useSession } from '../../api/session.js';
import { useRouteQuery } from '../../api/useRoute.js';

/** A place that is moderated: a room, or with `roomId` null all of them and the house. */
export interface Place {
  roomId: string | null;
  name: string;
}

/** The places I may moderate, the whole house first where I may; undefined until they are known. */
export function usePlaces(): Place[] | undefined {
  const { t } = useTranslation('moderation');
  const { me } = useSession();
  const listed = useRouteQuery(rooms.list, {}).data;
  const events = useRouteQuery(workshops.list, {}).data;
  if (me === null || listed === undefined || events === undefined) return undefined;
  const isKeeper = me.role === 'moderator' || me.role === 'organizer';
  return [
    ...(isKeeper ? [{ roomId: null, name: t('everywhere') }] : []),
    ...listed.filter((room) => room.mayModerate).map(({ id, name }) => ({ roomId: id, name: `#${name}` })),
    ...events.filter(({ you }) => isKeeper || you.canHost).map(({ roomId, title }) => ({ roomId, name: title })),
  ];
}

/** Names a place by its room's id. */
export function usePlaceName(): (roomId: string | null) => string {
  const { t } = useTranslation('moderation');
  const places = usePlaces();
  return (roomId) => (roomId === null ? t('wholeHouse') : (places?.find((place) => place.roomId === roomId)?.name ?? t('someRoom')));
}
