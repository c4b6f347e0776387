/**
 * Who is signed in, in this browser. The access token lives in memory only; the refresh token is in an httpOnly cookie.
 *
 * All tabs share that cookie, and a cookie shown twice ends its family: so only one tab at a time renews (Web Locks),
 * and tells the others what it got (BroadcastChannel).
 */
import { useSyncExternalStore } from 'react';
import { members, SessionView, type BecomeOrganizer, type MeView, type SignIn, type SignUp } from '../../shared/contracts/members.js';
import { alone } from './waiting/alone.js';
import { exchange } from './exchange.js';
import { isSessionFailure, OfflineError } from './problems.js';
import { createStore } from './store.js';

export interface SessionState {
  status: 'loading' | 'out' | 'in';
  me: MeView | null;
  /** Why it still loads: the server could not be asked. */
  problem: unknown;
}

interface Held {
  token: string;
  /** When to renew, on this machine's clock (ms); null where that clock cannot be believed. */
  renewAt: number | null;
}

const lockName = 'guildhall.session';
const hintKey = 'guildhall.signedIn';
const renewEarlyMs = 20_000;

/** The state of the session outside React; components use `useSession`. */
export const session = createStore<SessionState>({ status: 'loading', me: null, problem: null });
const tabs = new BroadcastChannel('guildhall.session');
let held: Held | null = null;
let renewing: Promise<string | null> | null = null;
const signOutListeners = new Set<(memberId: string) => void>();

tabs.addEventListener('message', (event: MessageEvent<unknown>) => {
  const told = SessionView.safeParse(event.data);
  if (told.success) hold(told.data);
  else letGo();
});

function hold(view: SessionView): void {
  const lifetime = Date.parse(view.expiresAt) - Date.now();
  held = { token: view.accessToken, renewAt: lifetime > renewEarlyMs ? Date.now() + lifetime - renewEarlyMs : null };
  localStorage.setItem(hintKey, view.me.id);
  session.set({ status: 'in', me: view.me, problem: null });
}

function letGo(): void {
  held = null;
  localStorage.removeItem(hintKey);
  session.set({ status: 'out', me: null, problem: null });
}

function take(view: SessionView): string {
  hold(view);
  tabs.postMessage(view);
  return view.accessToken;
}

async function renewAlone(stale: string | null): Promise<string | null> {
  // Another tab may have renewed while this one waited for its turn.
  if (held !== null && held.token !== stale) return held.token;
  try {
    return take(await exchange(members.refresh, {}, { token: null }));
  } catch (error) {
    if (!isSessionFailure(error)) throw error;
    letGo();
    return null;
  }
}

/**
 * Exchanges the refresh cookie for a new access token; null when the session has ended.
 * @param stale - the token that no longer serves.
 * @throws OfflineError - the server could not be asked; the session may still stand.
 */
export function renewToken(stale: string | null): Promise<string | null> {
  renewing ??= alone(lockName, () => renewAlone(stale)).finally(() => {
    renewing = null;
  });
  return renewing;
}

/**
 * An access token that should serve now, renewed when it is about to expire; null when signed out.
 * @throws OfflineError - it had to be renewed and the server could not be asked.
 */
export async function currentToken(): Promise<string | null> {
  if (held === null) return session.get().status === 'loading' ? resumeSession() : null;
  if (held.renewAt !== null && Date.now() >= held.renewAt) return renewToken(held.token);
  return held.token;
}

/** Takes up the session this browser had, if any. Without a trace of one the server is not asked. */
export async function resumeSession(): Promise<string | null> {
  if (localStorage.getItem(hintKey) === null) {
    letGo();
    return null;
  }
  try {
    return await renewToken(null);
  } catch (error) {
    session.set({ status: 'loading', me: null, problem: error });
    throw error instanceof OfflineError ? error : new OfflineError(error);
  }
}

/** @throws member.wrong_credentials, limits.too_many, OfflineError */
export async function signIn(input: SignIn): Promise<void> {
  take(await exchange(members.signIn, input, { token: null }));
}

/** @throws member.email_taken, limits.too_many, OfflineError */
export async function signUp(input: SignUp): Promise<void> {
  take(await exchange(members.signUp, input, { token: null }));
}

/** Makes the first organizer, by the link the server printed. @throws setup.closed, member.email_taken, OfflineError */
export async function becomeOrganizer(input: BecomeOrganizer): Promise<void> {
  take(await exchange(members.becomeOrganizer, input, { token: null }));
}

/** Ends the session here and in every tab of this browser. @throws OfflineError - then it still stands. */
export async function signOut(): Promise<void> {
  const memberId = session.get().me?.id;
  await alone(lockName, () => exchange(members.signOut, {}, { token: held?.token ?? null }));
  letGo();
  tabs.postMessage(null);
  if (memberId !== undefined) for (const hear of signOutListeners) hear(memberId);
}

/** Hears who signed out, by their own word, in this tab: nothing of theirs is to be left in this browser. */
export function onSignOut(hear: (memberId: string) => void): void {
  signOutListeners.add(hear);
}

/** Puts what the member has changed about themselves on the screen. */
export function rememberMe(me: MeView): void {
  const now = session.get();
  if (now.status === 'in') session.set({ ...now, me });
}

/** Who is signed in; renders again when that changes. */
export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.get);
}
