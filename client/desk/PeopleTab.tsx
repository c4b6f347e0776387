import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { routeKey, useRouteMutation, useRouteQuery } from '../api/useRoute.js';
import { members, type PersonRow } from '../../shared/contracts/members.js';
import { tiers, type TierView } from '../../shared/contracts/tiers.js';
import { Role } from '../../shared/roles.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { WhyOfMember } from './people/WhyOfMember.js';
import { DataTable, type Column } from './table/DataTable.js';
import styles from './desk.module.css';

/** Everybody, with role and tier; both are changed in place. A row opens why its member may enter where. */
export function PeopleTab() {
  const people = useRouteQuery(members.people, {});
  const tierList = useRouteQuery(tiers.list, {});
  if (people.data && tierList.data) return <PeopleTable people={people.data} tiers={tierList.data} />;
  const error = people.error ?? tierList.error;
  return error ? <ErrorNote error={error} retry={() => void Promise.all([people.refetch(), tierList.refetch()])} /> : <RowsSkeleton />;
}

function PeopleTable({ people, tiers: all }: { people: PersonRow[]; tiers: TierView[] }) {
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation();
  const format = useFormat();
  const change = useChangePerson(all);
  const { memberId = null } = useParams();
  const navigate = useNavigate();
  const byRank = all.toSorted((a, b) => a.rank - b.rank);
  const roles = Role.options.map((value) => ({ value, label: { member: common('role.member'), moderator: common('role.moderator'), host: common('role.host'), organizer: common('role.organizer') }[value] }));
  const columns: Column<PersonRow>[] = [
    { name: t('people.name'), value: (row) => row.name, shown: (row) => <b>{row.name}</b> },
    { name: t('people.email'), value: (row) => row.email },
    {
      name: t('people.role'), value: (row) => row.role,
      shown: (row) => <NativeSelect size="xs" aria-label={t('people.roleOf', { name: row.name })} data={roles} value={row.role} onChange={(event) => change.setRole(row, Role.parse(event.currentTarget.value))} />,
    },
    {
      name: t('people.tier'), value: (row) => row.tier.rank,
      shown: (row) => <NativeSelect size="xs" aria-label={t('people.tierOf', { name: row.name })} data={byRank.map(({ key, name }) => ({ value: key, label: name }))} value={row.tier.key} onChange={(event) => change.giveTier(row, event.currentTarget.value)} />,
    },
    { name: t('people.joined'), value: (row) => row.joinedAt, shown: (row) => <span className={styles['noWrap']}>{format.date(row.joinedAt)}</span> },
  ];
  return (
    <>
      <p className="meta">{t('people.tierHint', { free: byRank[0]?.name ?? '' })}</p>
      <div className={styles['outcome']} role="status">{change.savedName !== null && <p>{t('people.saved', { name: change.savedName })}</p>}</div>
      <ErrorNote error={change.error} />
      <DataTable
        name={t('people')} rows={people} columns={columns} keyOf={(row) => row.id} none={<EmptyState title={t('table.none')} />}
        details={{
          nameOf: (row) => row.name,
          openKey: memberId,
          onOpen: (key) => void navigate(key ? `/desk/people/${key}` : '/desk/people'),
          show: (row) => <WhyOfMember key={row.id} memberId={row.id} name={row.name} />,
        }}
      />
    </>
  );
}

/** Changes a person's role or tier; the answer replaces their row. */
function useChangePerson(all: TierView[]) {
  const queries = useQueryClient();
  const setRole = useRouteMutation(members.setRole);
  const giveTier = useRouteMutation(members.giveTier);
  const [savedName, setSavedName] = useState<string | null>(null);
  const onSuccess = (row: PersonRow) => {
    queries.setQueryData<PersonRow[]>(routeKey(members.people, {}), (rows) => rows?.map((each) => (each.id === row.id ? row : each)));
    setSavedName(row.name);
  };
  const begin = () => {
    setSavedName(null);
    setRole.reset();
    giveTier.reset();
  };
  return {
    savedName,
    error: setRole.error ?? giveTier.error,
    setRole: ({ id }: PersonRow, role: Role) => {
      begin();
      setRole.mutate({ memberId: id, role }, { onSuccess });
    },
    giveTier: ({ id }: PersonRow, tierKey: string) => {
      begin();
      const isFree = all.some(({ key, rank }) => key === tierKey && rank === 0);
      giveTier.mutate({ memberId: id, tierKey: isFree ? null : tierKey }, { onSuccess });
    },
  };
}
