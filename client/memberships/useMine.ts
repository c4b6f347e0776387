/** The member's own membership. */
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { routeKey, useRouteMutation, useRouteQuery } from '../api/useRoute.js';
import { memberships, type MembershipView, type MyMembership } from '../../shared/contracts/memberships/memberships.js';

/** While the checkout is open the server is asked this often, should the push be lost. Milliseconds. */
const startingEvery = 4_000;

/** A membership that opens its tier now. */
export type RunningMembership = Exclude<MembershipView, { state: 'starting' | 'ended' }>;

/** A membership whose last payment has failed. */
export type PastDueMembership = Extract<MembershipView, { state: 'past_due' }>;

/** Whether it opens its tier now. */
export function isRunning(membership: MembershipView | null | undefined): membership is RunningMembership {
  return membership !== null && membership !== undefined && membership.state !== 'starting' && membership.state !== 'ended';
}

/** What the member has, as it truly is; pushes keep it so. */
export function useMine(): UseQueryResult<MyMembership> {
  return useRouteQuery(memberships.mine, {});
}

/** One membership, compared with the payment service; while its checkout is open it is asked for again until it has moved on. */
export function useMembership(membershipId: string): UseQueryResult<MembershipView> {
  const known = useQueryClient().getQueryData<MembershipView>(routeKey(memberships.show, { membershipId }));
  return useRouteQuery(memberships.show, { membershipId }, { refetchInterval: known?.state === 'starting' ? startingEvery : false, staleTime: 0 });
}

/** Takes what an act answered: what the membership has become is known at once. */
export function useTakeMine(): (mine: MyMembership) => void {
  const queries = useQueryClient();
  return (mine) => void queries.setQueryData(routeKey(memberships.mine, {}), mine);
}

/** Leads to the payment service's own page for this member. */
export function usePortal(page: 'card' | 'overview'): { open: () => void; isOpening: boolean; error: unknown } {
  const portal = useRouteMutation(memberships.openPortal);
  const open = (): void => portal.mutate({ page }, { onSuccess: ({ url }) => location.assign(url) });
  return { open, isOpening: portal.isPending || portal.isSuccess, error: portal.error };
}
