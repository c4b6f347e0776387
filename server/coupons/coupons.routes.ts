import { coupons } from '../../shared/contracts/coupons.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { closeCoupon } from './closeCoupon.js';
import { createCoupon } from './createCoupon.js';
import { listCoupons } from './listCoupons.js';

/** The routes about coupons. */
export const couponsRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(coupons.list, () => listCoupons(deps)),
  answerMember(coupons.create, (actor, input) => createCoupon(deps, actor, input)),
  answerMember(coupons.close, (_actor, input) => closeCoupon(deps, input)),
];
