import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { rooms, type RoomView } from '../../../shared/contracts/rooms.js';
import { tiers, type TierView } from '../../../shared/contracts/tiers.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { DataTable, type Column } from '../table/DataTable.js';
import { RoomForm } from './RoomForm.js';

/** The rooms of the house, and who may enter each. */
export function RoomsTab() {
  const { t } = useTranslation('desk');
  const roomList = useRouteQuery(rooms.list, {});
  const tierList = useRouteQuery(tiers.list, {});
  const error = roomList.error ?? tierList.error;
  if (error) return <ErrorNote error={error} retry={() => void Promise.all([roomList.refetch(), tierList.refetch()])} />;
  if (!roomList.data || !tierList.data) return <RowsSkeleton />;
  return (
    <Section title={t('rooms.list')} action={<RoomForm tiers={tierList.data} />}><RoomTable rooms={roomList.data} tiers={tierList.data} /></Section>
  );
}

function RoomTable({ rooms: rows, tiers: all }: { rooms: RoomView[]; tiers: TierView[] }) {
  const { t } = useTranslation('desk');
  const gateOf = ({ gate }: RoomView) => {
    if (gate.kind === 'staff') return t('rooms.staff');
    if (gate.kind === 'workshop') return t('rooms.byWorkshop');
    if (gate.rank === 0) return t('rooms.everybody');
    return t('rooms.andUp', { tier: all.find(({ key }) => key === gate.tierKey)?.name ?? gate.tierKey });
  };
  const columns: Column<RoomView>[] = [
    { name: t('rooms.name'), value: (row) => row.name, shown: (row) => <b># {row.name}</b> },
    { name: t('rooms.topic'), value: (row) => row.topic },
    { name: t('rooms.gate'), value: gateOf },
  ];
  return <DataTable name={t('rooms.list')} rows={rows} columns={columns} keyOf={(row) => row.id} none={<EmptyState title={t('table.none')} />} />;
}
