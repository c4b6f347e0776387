/** Keeps what was asked over HTTP true while pushes tell of changes. Mounted once, at the root. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { community } from '../../shared/contracts/community.js';
import type { Route } from '../../shared/define.js';
import { members } from '../../shared/contracts/members.js';
import { memberships } from '../../shared/contracts/memberships/memberships.js';
import { ledger } from '../../shared/contracts/money/ledger.js';
import { moderation } from '../../shared/contracts/moderation.js';
import { rights } from '../../shared/contracts/rights.js';
import { entry } from '../../shared/contracts/rights/entry.js';
import { rooms } from '../../shared/contracts/rooms.js';
import { tickets } from '../../shared/contracts/tickets.js';
import { attention } from '../../shared/contracts/tickets/attention.js';
import { cancelling } from '../../shared/contracts/tickets/cancelling.js';
import { workshops, type WorkshopFacts, type WorkshopView } from '../../shared/contracts/workshops.js';
import { session, rememberMe, useSession } from './session.js';
import { on, onConnected } from './socket.js';
import { request } from './http.js';
import { routeKey } from './useRoute.js';

function again(queries: QueryClient, ...routes: Route[]): void {
  for (const route of routes) void queries.invalidateQueries({ queryKey: routeKey(route) });
}

function putFacts(queries: QueryClient, facts: WorkshopFacts): void {
  const merge = (view: WorkshopView): WorkshopView => (view.id === facts.id ? { ...view, ...facts } : view);
  queries.setQueryData<WorkshopView>(routeKey(workshops.show, { workshopId: facts.id }), (view) => view && merge(view));
  const list = queries.getQueryData<WorkshopView[]>(routeKey(workshops.list, {}));
  if (list?.some((view) => view.id === facts.id)) queries.setQueryData(routeKey(workshops.list, {}), list.map(merge));
  else again(queries, workshops.list);
}

async function askWhoIAm(): Promise<void> {
  try {
    rememberMe(await request(members.me, {}));
  } catch {
    // What is shown stays; the next change or the next visit asks again.
  }
}

function listen(queries: QueryClient): Array<() => void> {
  return [
    on(rooms.changed, () => again(queries, rooms.list, entry.mine)),
    on(workshops.changed, (facts) => {
      putFacts(queries, facts);
      again(queries, entry.mine);
    }),
    on(tickets.orderChanged, (order) => {
      queries.setQueryData(routeKey(tickets.order, { orderId: order.id }), order);
      again(queries, tickets.mine, workshops.show, workshops.list, entry.mine);
    }),
    on(memberships.changed, (mine) => {
      queries.setQueryData(routeKey(memberships.mine, {}), mine);
      again(queries, memberships.show);
    }),
    on(tickets.moneyChanged, () => again(queries, tickets.sales, ledger.books, ledger.lines, ledger.since, attention.list, cancelling.show)),
    on(ledger.changed, () => again(queries, ledger.books, ledger.lines, ledger.since)),
    on(community.mediaChanged, (media) => {
      queries.setQueryData<{ media: unknown }>(routeKey(community.show, {}), (view) => view && { ...view, media });
    }),
    on(rights.changed, () => {
      again(queries, rooms.list, workshops.list, workshops.show, tickets.mine, tickets.order, entry.mine);
      void askWhoIAm();
    }),
    on(moderation.restricted, () => again(queries, moderation.mine, entry.mine)),
    on(community.resync, () => void queries.invalidateQueries()),
  ];
}

/**
 * Follows the pushes that change what routes answer; after a reconnection everything is asked again, since pushes are
 * told once. When another member signs in, nothing of the former one is kept.
 */
export function useLiveQueries(): void {
  const queries = useQueryClient();
  const memberId = useSession().me?.id ?? null;

  useEffect(() => {
    const stops = listen(queries);
    let first = true;
    stops.push(
      onConnected(() => {
        if (!first) void queries.invalidateQueries();
        first = false;
      }),
    );
    return () => stops.forEach((stop) => stop());
  }, [queries, memberId]);

  useEffect(() => {
    let known = session.get().me?.id ?? null;
    return session.subscribe(() => {
      const next = session.get().me?.id ?? null;
      if (next === known) return;
      known = next;
      queries.removeQueries({ type: 'inactive' });
      void queries.resetQueries({ type: 'active' });
    });
  }, [queries]);
}
