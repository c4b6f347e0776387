/** Buying a seat: the browser names the attempt and the product, the server the price. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { newClientId } from '../../api/clientId.js';
import { request } from '../../api/http.js';
import { OfflineError } from '../../api/problems.js';
import { routeKey } from '../../api/useRoute.js';
import { tickets } from '../../../shared/contracts/tickets.js';

/** Which ticket, and with which coupon if with one. */
export interface SeatWish {
  typeKey: string;
  couponCode?: string;
}

export interface BuySeat {
  buy: (wish: SeatWish) => void;
  isBuying: boolean;
  /** Why the last attempt failed, or null. */
  error: unknown;
}

/** `buy` holds a seat and goes to the checkout; a free seat goes straight to its order. */
export function useBuySeat(workshopId: string): BuySeat {
  const client = useQueryClient();
  const navigate = useNavigate();
  const attempt = useRef<{ id: string; wish: string } | null>(null);
  const [isBuying, setBuying] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const start = async ({ typeKey, couponCode }: SeatWish) => {
    setBuying(true);
    setError(null);
    // A question that got no answer may have held a seat: asking the same again under its name finds it.
    const wish = `${typeKey} ${couponCode ?? ''}`;
    if (attempt.current?.wish !== wish) attempt.current = { id: newClientId(), wish };
    try {
      const product = { kind: 'seat', workshopId, typeKey } as const;
      const order = await request(tickets.startCheckout, { clientOrderId: attempt.current.id, product, ...(couponCode !== undefined && { couponCode }) });
      client.setQueryData(routeKey(tickets.order, { orderId: order.id }), order);
      if (order.checkoutUrl) location.assign(order.checkoutUrl);
      else await navigate(`/orders/${order.id}`);
    } catch (failure) {
      if (!(failure instanceof OfflineError)) attempt.current = null;
      setError(failure);
      setBuying(false);
    }
  };
  return { buy: (wish) => void start(wish), isBuying, error };
}
