/** The members' routes: which verb answers which. What signs a browser in also gives it its refresh cookie. */
import type { Request, Response } from 'express';
import { members, type SessionView } from '../../shared/contracts/members.js';
import { AppError } from '../../shared/failures.js';
import type { Deps } from '../deps.js';
import { answerAnyone, answerMember, type RouteEntry } from '../http/route.js';
import { becomeOrganizer } from './people/becomeOrganizer.js';
import { changePassword } from './changePassword.js';
import { clearConsoleCookie, setConsoleCookie } from './sessions/consoleCookie.js';
import { describeDevice } from './sessions/describeDevice.js';
import { endSession } from './sessions/endSession.js';
import { giveTier } from './people/giveTier.js';
import { listPeople } from './people/listPeople.js';
import { listSessions } from './sessions/listSessions.js';
import type { SignedIn } from './sessions/openSession.js';
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './sessions/refreshCookie.js';
import { refreshSession } from './sessions/refreshSession.js';
import { setRole } from './people/setRole.js';
import { showMe } from './showMe.js';
import { signIn } from './sessions/signIn.js';
import { signOut } from './sessions/signOut.js';
import { signUp } from './signUp.js';
import { updateProfile } from './updateProfile.js';

export const membersRoutes = (deps: Deps): RouteEntry[] => [
  answerAnyone(members.signUp, async ({ input, request, response }) => keep(deps, response, await signUp(deps, input, deviceOf(request)))),
  answerAnyone(members.signIn, async ({ input, request, response }) => keep(deps, response, await signIn(deps, input, deviceOf(request)))),
  answerAnyone(members.refresh, ({ request, response }) => refresh(deps, request, response)),
  answerAnyone(members.signOut, ({ actor, request, response }) => {
    forget(deps, response);
    return signOut(deps, actor, readRefreshCookie(request));
  }),
  answerAnyone(members.becomeOrganizer, async ({ input, request, response }) => keep(deps, response, await becomeOrganizer(deps, input, deviceOf(request)))),
  answerMember(members.me, (actor) => showMe(deps, actor)),
  answerMember(members.updateProfile, (actor, input) => updateProfile(deps, actor, input)),
  answerMember(members.changePassword, (actor, input) => changePassword(deps, actor, input)),
  answerMember(members.sessions, (actor) => listSessions(deps, actor)),
  answerMember(members.endSession, (actor, input) => endSession(deps, actor, input)),
  answerMember(members.people, (actor) => listPeople(deps, actor)),
  answerMember(members.setRole, (actor, input) => setRole(deps, actor, input)),
  answerMember(members.giveTier, (actor, input) => giveTier(deps, actor, input)),
];

const deviceOf = (request: Request): string => describeDevice(request.headers['user-agent']);

function keep(deps: Deps, response: Response, { view, refreshToken, expiresAt }: SignedIn): SessionView {
  setRefreshCookie(response, deps.publicUrl, refreshToken, expiresAt);
  if (deps.payments.hasConsole && view.me.role === 'organizer') setConsoleCookie(response, deps.publicUrl, view.accessToken);
  else clearConsoleCookie(response, deps.publicUrl);
  // An access token must not be found again in any cache.
  response.set('Cache-Control', 'no-store');
  return view;
}

function forget(deps: Deps, response: Response): void {
  clearRefreshCookie(response, deps.publicUrl);
  clearConsoleCookie(response, deps.publicUrl);
}

async function refresh(deps: Deps, request: Request, response: Response): Promise<SessionView> {
  try {
    return keep(deps, response, await refreshSession(deps, readRefreshCookie(request)));
  } catch (error) {
    if (error instanceof AppError) forget(deps, response);
    throw error;
  }
}
