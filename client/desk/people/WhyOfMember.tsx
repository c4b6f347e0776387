import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { AskEntry, entry } from '../../../shared/contracts/rights/entry.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { useRouteQuery } from '../../api/useRoute.js';
import { Explanation } from '../../rights/Explanation.js';
import styles from '../../rights/rights.module.css';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';

/** A member's row opened: the organizer names a door, and reads why it is open to the member, or is not. The door stands in the address. */
export function WhyOfMember({ memberId, name }: { memberId: string; name: string }) {
  const { t } = useTranslation('rights');
  const { t: common } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const listed = useRouteQuery(rooms.list, {});
  const announced = useRouteQuery(workshops.list, {});
  const door = search.get('door') ?? '';
  const [place, placeId] = door.split(':');
  const ask = AskEntry.safeParse({ place, placeId });
  const groups = [
    { group: common('rooms'), items: (listed.data ?? []).map((room) => ({ value: `room:${room.id}`, label: `#${room.name}` })) },
    { group: common('workshops'), items: (announced.data ?? []).map(({ id, title }) => ({ value: `workshop:${id}`, label: title })) },
  ];
  return (
    <>
      <NativeSelect
        className={styles['picker']} label={t('pick', { name })} value={door}
        data={[{ value: '', label: t('pick.none') }, ...groups.filter(({ items }) => items.length > 0)]}
        onChange={(event) => setSearch(event.currentTarget.value === '' ? {} : { door: event.currentTarget.value }, { replace: true, preventScrollReset: true })}
      />
      <ErrorNote error={listed.error ?? announced.error} retry={() => void Promise.all([listed.refetch(), announced.refetch()])} />
      {ask.success && <Explained memberId={memberId} {...ask.data} />}
    </>
  );
}

function Explained(input: AskEntry & { memberId: string }) {
  // Nobody tells an organizer that a member's rights have changed, so it is asked each time it is looked at.
  const told = useRouteQuery(entry.of, input, { staleTime: 0 });
  if (told.data) return <Explanation view={told.data} isMine={false} />;
  return told.isPending ? <RowsSkeleton count={2} height={80} /> : <ErrorNote error={told.error} retry={() => void told.refetch()} />;
}
